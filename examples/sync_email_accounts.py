"""Use the generated EMail client: write a request, read an answer. Nothing is sent."""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree

GENERATED = Path(__file__).resolve().parents[1] / "generated"
sys.path.insert(0, str(GENERATED))

from email_client import RequestHeaders, SyncUserAccount  # noqa: E402
from email_client.builders import build_sync_email_accounts  # noqa: E402
from email_client.parsers import (  # noqa: E402
    parse_get_ready_sync_email_accounts,
    parse_sync_email_accounts,
)

ANSWER = b"""\
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Body>
    <%s xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86">%s</%s>
  </s:Body>
</s:Envelope>"""

ACCOUNTS = b"""
      <Response>
        <SyncUserAccount><AccountId>17</AccountId><AssociateName>anna</AssociateName>
          <AssociateId>3</AssociateId></SyncUserAccount>
        <SyncUserAccount><AccountId>18</AccountId><AssociateName>bj\xc3\xb8rn</AssociateName>
          <AssociateId>5</AssociateId></SyncUserAccount>
      </Response>
    """


def main() -> None:
    """Show the files of the package, a request for two accounts, and two answers."""
    package = GENERATED / "email_client"
    print(f"{package.relative_to(GENERATED.parent)}/")
    for path in sorted(path for path in package.iterdir() if path.is_file()):
        lines = path.read_text(encoding="utf-8").count("\n")
        print(f"  {path.name:<14} {lines:>6,} lines")

    print("\n>>> request = build_sync_email_accounts(")
    print("...     [")
    print('...         SyncUserAccount(account_id=17, associate_name="anna", associate_id=3),')
    print('...         SyncUserAccount(account_id=18, associate_name="bjørn", associate_id=5),')
    print("...     ],")
    print('...     soap_headers=RequestHeaders(ticket="7T:1234abcxyzExample=="),')
    print("... )")
    request = build_sync_email_accounts(
        [
            SyncUserAccount(account_id=17, associate_name="anna", associate_id=3),
            SyncUserAccount(account_id=18, associate_name="bjørn", associate_id=5),
        ],
        soap_headers=RequestHeaders(ticket="7T:1234abcxyzExample=="),
    )
    print(f"{request!r}\n")
    print(f"Those are {len(request)} bytes; laid out for reading:\n")
    root = etree.fromstring(request)
    etree.indent(root)
    print(etree.tostring(root, encoding="unicode"))

    print("\n>>> parse_sync_email_accounts(answer)  # nothing comes back, and it is checked")
    name = b"SyncEmailAccountsResponse"
    parse_sync_email_accounts(ANSWER % (name, b"", name))

    print("\n>>> parse_get_ready_sync_email_accounts(answer)")
    name = b"GetReadySyncEmailAccountsResponse"
    for account in parse_get_ready_sync_email_accounts(ANSWER % (name, ACCOUNTS, name)) or []:
        print(account)


if __name__ == "__main__":
    main()
