"""The date of birth that a personnummer begins with."""

from datetime import date

_SAMORDNING_DAYS = 60
_WITH_CENTURY = 12


def birth_date(digits: str, today: date, *, over_hundred: bool) -> date | None:
    """Date of birth of a number of 10 or 12 digits, None when there is no such day or it is still to come.

    Days 61–91 are samordningsnummer. `over_hundred` is what "+" says: the person turned a hundred.
    """
    if len(digits) == _WITH_CENTURY:
        if digits[:2] not in {"18", "19", "20"}:
            return None
        years = [int(digits[:4])]
    else:
        century = today.year // 100 * 100
        years = [year + int(digits[:2]) for year in (century, century - 100, century - 200)]
        years = years[1:] if over_hundred else years
    month, day = int(digits[-8:-6]), int(digits[-6:-4])
    if day > _SAMORDNING_DAYS:
        day -= _SAMORDNING_DAYS
    for year in years:
        try:
            born = date(year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    return None
