"""The OpenAPI description as the service gives it, and what to check JSON with."""

from typing import Any

import jsonschema_rs
from flask.testing import FlaskClient


def faults(client: FlaskClient, schema: str, content: object) -> list[str]:
    """What in `content` a named schema of the description does not allow."""
    components = client.get("/openapi/openapi.json").get_json()["components"]
    document: dict[str, Any] = {"$ref": f"#/components/schemas/{schema}", "components": components}
    return [error.message for error in jsonschema_rs.Draft202012Validator(document).iter_errors(content)]
