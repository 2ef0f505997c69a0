"""Access tokens with one claim gone wrong."""

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.errors import Forbidden, NotSignedIn
from backend.domain.person import Role
from backend.sign_in.entra_claims import Claims, person_of
from backend.sign_in.entra_sign_in import EntraSignIn
from backend.sign_in.key_document import keys_in
from tests.backend.entra_authority import EntraAuthority
from tests.backend.entra_tokens import (
    ABSENT,
    ADDIN,
    API,
    OTHER_TENANT,
    PERSON,
    TENANT,
    V1_ISSUER,
    access_claims,
    access_claims_v1,
    signer,
)
from tests.backend.sign_in.entra_case import V2_ISSUER, application, filled, refusal_of

NOW = int(time.time())
ID_TOKEN = {"scp": ABSENT, "azp": ABSENT, "azpacr": ABSENT, "nonce": "n-0S6_WzA2Mj"}
APP_ONLY = {"scp": ABSENT, "idtyp": "app", "roles": ["Administrator"]}

# The claim that is named, and what is changed of a good v2 token. `{authority}` and `{tid}` are filled in.
WRONG = [
    ("exp", {"exp": NOW - 61}),
    ("exp", {"exp": 0}),
    ("exp", {"exp": -1}),
    ("exp", {"exp": ABSENT}),
    ("exp", {"exp": str(NOW + 600)}),
    ("exp", {"exp": NOW + 600.5}),
    ("nbf", {"nbf": NOW + 3600}),
    ("nbf", {"nbf": ABSENT}),
    ("nbf", {"nbf": str(NOW)}),
    ("iat", {"iat": NOW + 3600}),
    ("iat", {"iat": ABSENT}),
    ("iat", {"iat": True}),
    ("tid", {"tid": ABSENT}),
    ("tid", {"tid": "common"}),
    ("tid", {"tid": "granvik.example"}),
    ("tid", {"tid": f"{{{TENANT}}}"}),
    ("tid", {"tid": TENANT.replace("-", "")}),
    ("tid", {"tid": f"{TENANT}/"}),
    ("tid", {"tid": f"../{TENANT}"}),
    ("tid", {"tid": f"urn:uuid:{TENANT}"}),
    ("ver", {"ver": ABSENT}),
    ("ver", {"ver": "1.0"}),
    ("ver", {"ver": "2"}),
    ("ver", {"ver": "3.0"}),
    ("ver", {"ver": 2.0}),
    ("iss", {"iss": ABSENT}),
    ("iss", {"iss": V1_ISSUER}),
    ("iss", {"iss": "{authority}/{tid}/v2.0/"}),
    ("iss", {"iss": "{authority}/{tid}"}),
    ("iss", {"iss": f"{{authority}}/{OTHER_TENANT}/v2.0"}),
    ("iss", {"iss": "https://login.microsoftonline.com/{tid}/v2.0"}),
    ("iss", {"iss": "{authority}.example/{tid}/v2.0"}),
    ("iss", {"iss": "{authority}/{tenantid}/v2.0"}),
    ("iss", {"iss": ["{authority}/{tid}/v2.0"]}),
    ("iss", {"tid": OTHER_TENANT, "iss": V2_ISSUER.replace("{tid}", TENANT)}),
    ("iss", {"tid": TENANT.upper(), "iss": V2_ISSUER.replace("{tid}", TENANT)}),
    ("aud", {"aud": ABSENT}),
    ("aud", {"aud": [API]}),
    ("aud", {"aud": {API: API}}),
    ("aud", {"aud": ADDIN}),
    ("aud", {"aud": "https://graph.microsoft.com"}),
    ("aud", {"aud": "00000003-0000-0000-c000-000000000000"}),
    ("aud", {"aud": f"api://{ADDIN}"}),
    ("aud", {"aud": f"api://{API}/"}),
    ("aud", {"aud": f"{API} "}),
    ("azp", {"azp": ABSENT}),
    ("azp", {"azp": API}),
    ("azp", {"azp": "sandkoll"}),
    ("azp", {"azp": ABSENT, "appid": ADDIN}),
    ("azp", {"azp": [ADDIN]}),
    ("scp", {"scp": ABSENT}),
    ("scp", {"scp": "User.Read openid profile"}),
    ("scp", {"scp": "access_as_user_too"}),
    ("scp", {"scp": "Access_As_User"}),
    ("scp", {"scp": ["access_as_user"]}),
    ("scp", {"scp": "access_as_user\tUser.Read"}),
    ("scp", {"scp": "User.Read,access_as_user"}),
    ("scp", {"scp": ABSENT, "roles": ["access_as_user", "Administrator"]}),
    ("scp", APP_ONLY),
    ("azp", ID_TOKEN),
    ("aud", ID_TOKEN | {"aud": ADDIN}),
    ("scp", ID_TOKEN | {"azp": ADDIN}),
    ("idtyp", {"idtyp": "app"}),
    ("idtyp", {"idtyp": "device"}),
    ("idtyp", {"idtyp": ["user"]}),
    ("oid", {"oid": ABSENT}),
    ("oid", {"oid": "sara.ek@granvik.example"}),
    ("oid", {"oid": ABSENT, "upn": "sara.ek@granvik.example", "email": "sara.ek@granvik.example"}),
    ("oid", {"oid": [PERSON]}),
]

WRONG_V1 = [
    ("ver", {"ver": "2"}),
    ("iss", {"iss": f"https://sts.windows.net/{TENANT}"}),
    ("iss", {"iss": V1_ISSUER.replace("{tid}", OTHER_TENANT)}),
    ("iss", {"iss": V2_ISSUER}),
    ("iss", {"ver": "2.0"}),
    ("aud", {"aud": "https://graph.windows.net"}),
    ("appid", {"appid": API}),
    ("appid", {"appid": ABSENT, "azp": ADDIN}),
    ("scp", {"scp": "user_impersonation"}),
]

FORBIDDEN = [
    ("tenant_not_allowed", {"tid": OTHER_TENANT}),
    ("tenant_not_allowed", {"tid": "9188040d-6c67-4c5b-b112-36a304b66dad"}),
    ("guest_not_allowed", {"idp": V1_ISSUER.replace("{tid}", OTHER_TENANT)}),
    ("guest_not_allowed", {"idp": V2_ISSUER.replace("{tid}", OTHER_TENANT)}),
    ("guest_not_allowed", {"idp": "live.com"}),
    ("guest_not_allowed", {"idp": [V2_ISSUER]}),
    ("guest_not_allowed", {"acct": 1}),
    ("guest_not_allowed", {"acct": "1"}),
    ("guest_not_allowed", {"acct": 2}),
    ("guest_not_allowed", {"acct": {}}),
]


@pytest.mark.parametrize(("claim", "changed"), WRONG)
def test_wrong_claim_is_refused_and_named(
    claim: str, changed: dict[str, Any], steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    token = steady_authority.token(**filled(changed, steady_authority))
    assert refusal_of(steady_sign_in, token) == f"claim {claim}"


@pytest.mark.parametrize(("claim", "changed"), WRONG_V1)
def test_wrong_claim_of_a_v1_token_is_refused_and_named(
    claim: str, changed: dict[str, Any], steady_authority: EntraAuthority
) -> None:
    sign_in = EntraSignIn(application(steady_authority, accept_v1=True))
    token = steady_authority.token_v1(**filled(changed, steady_authority))
    assert refusal_of(sign_in, token) == f"claim {claim}"


@pytest.mark.parametrize(("code", "changed"), FORBIDDEN)
def test_signed_in_somewhere_else(
    code: str, changed: dict[str, Any], steady_authority: EntraAuthority, steady_sign_in: EntraSignIn
) -> None:
    with pytest.raises(Forbidden) as refused:
        steady_sign_in.person(steady_authority.token(**filled(changed, steady_authority)))
    assert refused.value.code == code
    assert OTHER_TENANT not in str(refused.value)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([API, TENANT, "2.0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
NAMES = sorted({*access_claims(""), *access_claims_v1(), "roles", "idtyp", "idp", "acct", "groups"})


@given(odd=st.dictionaries(st.sampled_from(NAMES), ANYTHING, min_size=1, max_size=3), version=st.sampled_from("12"))
def test_no_claim_of_any_type_does_more_than_refuse(
    odd: dict[str, Any], version: str, steady_authority: EntraAuthority
) -> None:
    claims = access_claims_v1() if version == "1" else access_claims(steady_authority.url)
    key = keys_in({"keys": [signer().published(steady_authority.url)]})[signer().kid]
    with suppress(NotSignedIn, Forbidden):
        person = person_of(Claims(claims | odd), key, application(steady_authority, accept_v1=True), NOW)
        assert person.id in {PERSON, API, TENANT}
        assert (person.tenant, person.roles) == (TENANT, frozenset({Role.EMPLOYEE}))
