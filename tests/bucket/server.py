"""A server of S3 on the loopback address, run as a program of its own.

    PYTHONPATH=.venv/bucket python tests/bucket/server.py

It prints one line of JSON with its endpoint and the only key that it takes, then obeys lines of
JSON on its standard input, and ends with it: ``["put", FOLDER, BUCKET]`` lays a folder's files into
a new bucket, ``["get", BUCKET, FOLDER]`` writes a bucket's objects into a folder. Each is answered
with one line, the number of objects.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

# moto asks for a key after so many requests: those that make it
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "3"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import boto3
from moto.server import ThreadedMotoServer

REGION: Final = "us-east-1"
EVERYTHING: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def made_key(endpoint: str) -> tuple[str, str]:
    """A user's key, with which alone the server answers from then on."""
    nobody = {"aws_access_key_id": "nobody", "aws_secret_access_key": "nobody"}
    iam = boto3.client("iam", endpoint_url=endpoint, region_name=REGION, **nobody)
    iam.create_user(UserName="tests")
    iam.put_user_policy(
        UserName="tests", PolicyName="everything", PolicyDocument=json.dumps(EVERYTHING)
    )
    key = iam.create_access_key(UserName="tests")["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def put(s3: Any, folder: str, bucket: str) -> int:
    """Lay the files of a folder into a new bucket."""
    s3.create_bucket(Bucket=bucket)
    files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    for path in files:
        s3.upload_file(str(path), bucket, path.relative_to(folder).as_posix())
    return len(files)


def get(s3: Any, bucket: str, folder: str) -> int:
    """Write the objects of a bucket into a folder."""
    count = 0
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", ()):
            path = Path(folder) / entry["Key"]
            path.parent.mkdir(parents=True, exist_ok=True)
            s3.download_file(bucket, entry["Key"], str(path))
            count += 1
    return count


def say(line: str) -> None:
    """Answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until the standard input ends."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    access, secret = made_key(endpoint)
    s3 = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=access,
        aws_secret_access_key=secret,
    )
    say(json.dumps({"endpoint": endpoint, "access": access, "secret": secret}))
    for line in sys.stdin:
        word, *arguments = json.loads(line)
        say(str({"put": put, "get": get}[word](s3, *arguments)))
    server.stop()


if __name__ == "__main__":
    main()
