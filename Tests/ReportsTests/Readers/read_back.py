"""Reads Bascule's exports with readers that know nothing of Bascule, and prints what they read as JSON.

read_back.py csv SEPARATOR ENCODING FILE
read_back.py junit SCHEMA FILE
read_back.py json FOLDER-OF-SCHEMAS SCHEMA FILE
"""
import csv
import json
import pathlib
import sys


def read_csv(separator, encoding, path):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=separator, strict=True))


def read_junit(schema, path):
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.parse(path, parser)
    etree.XMLSchema(etree.parse(schema)).assertValid(tree)
    suites = []
    for suite in tree.getroot():
        cases = suite.findall("testcase")
        outcomes = [case[0].tag if len(case) else "success" for case in cases]
        for kind, attribute in [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")]:
            assert outcomes.count(kind) == int(suite.get(attribute)), (suite.get("name"), kind)
        assert len(cases) == int(suite.get("tests"))
        suites.append([suite.get("name")] + outcomes)
    return suites


def read_json(folder, name, path):
    import jsonschema

    schemas = {p.name: json.loads(p.read_text("utf-8")) for p in pathlib.Path(folder).glob("*.json")}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(pathlib.Path(path).read_text("utf-8"))
    by_id = {schema["$id"]: schema for schema in schemas.values()}
    try:
        import referencing

        registry = referencing.Registry().with_resources(
            (uri, referencing.Resource.from_contents(schema)) for uri, schema in by_id.items()
        )
        validator = jsonschema.Draft202012Validator(schemas[name], registry=registry)
    except ImportError:
        resolver = jsonschema.RefResolver.from_schema(schemas[name], store=by_id)
        validator = jsonschema.Draft202012Validator(schemas[name], resolver=resolver)
    errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(document)]
    return {"errors": errors, "document": document if len(errors) == 0 else None}


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    answer = {"csv": read_csv, "junit": read_junit, "json": read_json}[command](*arguments)
    json.dump(answer, sys.stdout)
