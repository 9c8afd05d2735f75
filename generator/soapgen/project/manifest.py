"""The manifest, soapgen.json: the sources, options and versions of a package, and its files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

from .. import __version__
from ..errors import LeftOut, OutputError, Place, Repair, SourceError
from ..given import Failure, GivenNames, Overlay, Pairs
from ..secret_names import has_masked
from ..sources import Documents, ReadOptions, is_address
from .options import EXTRAS, Options
from .paths import is_plain
from .user_files import UserFiles, UserFolder

FILE_NAME = "soapgen.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a manifest.

    Attributes:
        options: The options of the build.
        sources: For each source, the hashes of the documents that were read, by their names. A
            source is an address without its secrets, or a path: relative to the package or, if the
            two have no folder in common, to the working directory; never an absolute path.
        files: The hash of each file of the package, by its path.
        repairs: What was mended in the sources.
        left_out: What was asked for and nothing was generated for.
    """

    options: Options
    sources: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def text(self) -> str:
        """The text of the file."""
        content: dict[str, object] = {
            "soapgen": __version__,
            "black": version("black"),
            "sources": {
                source: dict(sorted(inputs.items())) for source, inputs in self.sources.items()
            },
            "options": {
                "name": self.options.name,
                "server": self.options.server,
                # Only where it is set: the manifests of other packages stay as they are.
                **({"facets": True} if self.options.facets else {}),
                "services": list(self.options.services),
                "operations": list(self.options.operations),
                "keep_apart": list(self.options.unshared),
                "with": list(self.options.extras),
                **_names_data(self.options.names),
                **_overlay_data(self.options.overlay),
                **_folder_data("templates", self.options.templates),
                **_folder_data("docs", self.options.docs),
                **_reading_data(self.options.reading),
            },
            **({"repaired": [item.as_data() for item in self.repairs]} if self.repairs else {}),
            **({"left_out": list(map(_left_out_data, self.left_out))} if self.left_out else {}),
            "files": dict(sorted(self.files.items())),
        }
        # Options that are edited, or merged, without a build do not go with these files.
        content["digest"] = digest(_json(content).encode())
        return _json(content)

    def find_reading(self, package: Path) -> ReadOptions:
        """How the sources of ``package`` are read, with paths relative to the working directory.

        Raises:
            SourceError: There is no file at one of the paths.
        """
        return self.options.reading.with_paths(lambda path: self._find(package, path))

    def find_folders(self, package: Path) -> tuple[UserFolder, UserFolder]:
        """The folders of templates and of pages, with paths relative to the working directory.

        Raises:
            SourceError: There is no folder at one of the paths.
        """
        folders = (self.options.templates, self.options.docs)
        templates, docs = (
            item.with_path(lambda path: self._find(package, path)) for item in folders
        )
        return templates, docs

    def find_sources(self, package: Path) -> list[str]:
        """The sources of ``package``: addresses, and paths relative to the working directory.

        Raises:
            SourceError: There is no file at the path of a source, or its address has a secret.
        """
        return [self._find(package, source) for source in self.sources]

    @staticmethod
    def _find(package: Path, source: str) -> str:
        if is_address(source):
            if has_masked(source):
                raise SourceError(
                    f"the address {source} has a secret, which is not kept",
                    place=Place(str(package / FILE_NAME)),
                    hint="give the whole address with --source",
                )
            return source
        for place in (package / source, Path(source)):
            try:
                return os.path.relpath(place.resolve(strict=True))
            except (OSError, RuntimeError):  # in Python 3.11, the latter is a loop of links
                continue
        raise SourceError(
            f"the source {source} cannot be found",
            place=Place(str(package / FILE_NAME)),
            hint="put the WSDL back, say where it is with --source, or build the package again",
        )


def manifest_of(
    options: Options,
    sources: Mapping[str, Mapping[str, str]],
    files: Mapping[str, str],
    repairs: Sequence[Repair] = (),
    left_out: Sequence[LeftOut] = (),
) -> Manifest:
    """The manifest of a package with ``files``, texts by their paths."""
    hashes = {path: digest(text.encode()) for path, text in files.items()}
    return Manifest(options, sources, hashes, tuple(repairs), tuple(left_out))


def portable(
    inputs: Mapping[str, Mapping[str, str]], package: Path
) -> dict[str, Mapping[str, str]]:
    """``inputs``, by the names that sources have in the manifest of ``package``."""
    return {_portable(source, package): hashes for source, hashes in inputs.items()}


def with_portable(
    options: Options, reading: ReadOptions, files: UserFiles, package: Path
) -> Options:
    """``options`` with what is read, as the manifest of ``package`` has it: paths and hashes."""
    templates, docs = files.folders(lambda path: _portable(path, package))
    reading = reading.with_paths(lambda path: _portable(path, package))
    return replace(options, templates=templates, docs=docs, reading=reading)


def portable_repairs(
    repairs: Sequence[Repair], documents: Iterable[Documents]
) -> tuple[Repair, ...]:
    """``repairs``, with the names that documents have within their source."""
    keys = _keys(documents)
    return tuple(replace(item, place=_portable_place(item.place, keys)) for item in repairs)


def portable_left_out(
    left_out: Sequence[LeftOut], documents: Iterable[Documents], files: UserFiles
) -> tuple[LeftOut, ...]:
    """``left_out``, with the names that documents and pages have within their source or folder."""
    keys = _keys(documents) | {f"{files.pages_folder}/{page}": page for page in files.pages}
    return tuple(
        replace(item, place=item.place and _portable_place(item.place, keys)) for item in left_out
    )


def _keys(documents: Iterable[Documents]) -> dict[str, str]:
    """The name that each document has within its source, by its name in messages."""
    return {document.name: document.key for item in documents for document in item.read.values()}


def _portable_place(place: Place, keys: Mapping[str, str]) -> Place:
    """``place`` with the name that its document has within its source, if it is one of these."""
    return replace(place, document=keys.get(place.document, place.document))


def read_manifest(package: Path) -> Manifest | None:
    """The manifest in ``package``; None where there is none.

    Raises:
        OutputError: The file cannot be read, or is not a manifest that soapgen wrote.
    """
    path = package / FILE_NAME
    try:
        content = json.loads(path.read_bytes(), object_pairs_hook=_without_repeats)
        return _parsed(content)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise OutputError(
            "this is not a manifest that soapgen wrote",
            place=Place(str(path)),
            hint="remove it, then build the package again with --force",
        ) from error


def _parsed(content: Any) -> Manifest:
    """The manifest in ``content``, as JSON has it; raises a ValueError, KeyError or TypeError."""
    fields = content["options"]
    options = Options(
        name=_text(fields["name"]),
        server=fields["server"],
        facets=fields.get("facets", False),
        services=_texts(fields["services"]),
        operations=_texts(fields["operations"]),
        unshared=_texts(fields["keep_apart"]),
        extras=_texts(fields["with"]),
        names=GivenNames(**_pairs(fields.get("names", {}))),
        overlay=Overlay(
            **_pairs(fields.get("documentation", {})),
            secrets=_texts(fields.get("secrets", [])),
            failure=_failure(fields.get("failure", {})),
        ),
        templates=_folder(fields.get("templates")),
        docs=_folder(fields.get("docs")),
        reading=_reading(fields),
    )
    sources = {
        _text(source): _named_texts(hashes)
        for source, hashes in _mapping(content["sources"]).items()
    }
    files = _named_texts(content["files"])
    if not sources or any(PurePath(source).is_absolute() for source in sources):
        raise ValueError("no source, or one of this machine alone")
    if not str(options.name).isidentifier() or not all(map(is_plain, files)):
        raise ValueError("no name of a package, or a file outside of it")
    is_each_bool = all(type(item) is bool for item in (options.server, options.facets))
    if not is_each_bool or not {*options.extras} <= EXTRAS:
        raise ValueError("no option of soapgen")
    repairs, left_out = content.get("repaired", []), content.get("left_out", [])
    if not isinstance(repairs, list) or not isinstance(left_out, list):
        raise TypeError("no list")
    return Manifest(
        options, sources, files, tuple(map(_repair, repairs)), tuple(map(_left_out, left_out))
    )


def _repair(value: Any) -> Repair:
    fields = _mapping(value)
    place = Place(_text(fields["file"]), _line(fields))
    return Repair(_text(fields["repair"]), _text(fields["what"]), place)


def _left_out_data(item: LeftOut) -> dict[str, object]:
    return {
        "what": item.what,
        "reason": item.reason,
        **({"hint": item.hint} if item.hint else {}),
        **({"file": item.place.document} if item.place else {}),
        **({"line": item.place.line} if item.place and item.place.line else {}),
        **({"operation": item.operation} if item.operation else {}),
        **({} if item.is_wanted else {"wanted": False}),
    }


def _left_out(value: Any) -> LeftOut:
    fields = _mapping(value)
    is_wanted = fields.get("wanted", True)
    if type(is_wanted) is not bool:
        raise TypeError("neither true nor false")
    return LeftOut(
        _text(fields["what"]),
        _text(fields["reason"]),
        Place(_text(fields["file"]), _line(fields)) if "file" in fields else None,
        _text(fields.get("hint", "")),
        is_wanted,
        _text(fields.get("operation", "")),
    )


def _line(fields: Mapping[str, Any]) -> int | None:
    line = fields.get("line")
    if line is not None and type(line) is not int:
        raise TypeError("no line")
    return line


def _names_data(names: GivenNames) -> dict[str, object]:
    """The names that a user gives, where there are any."""
    kinds = {kind: dict(pairs) for kind, pairs in names.kinds().items() if pairs}
    return {"names": kinds} if kinds else {}


def _overlay_data(overlay: Overlay) -> dict[str, object]:
    """What a user adds to the contract, where that is anything."""
    kinds = {kind: dict(pairs) for kind, pairs in overlay.documentation().items() if pairs}
    return {
        **({"documentation": kinds} if kinds else {}),
        **({"secrets": list(overlay.secrets)} if overlay.secrets else {}),
        **({"failure": _failure_data(overlay.failure)} if overlay.failure else {}),
    }


def _failure_data(failure: Failure) -> dict[str, object]:
    success = {"success": list(failure.success)} if failure.success else {}
    return {**dict(failure.paths()), **success}


def _failure(value: Any) -> Failure:
    fields = dict(_mapping(value))
    return Failure(success=_texts(fields.pop("success", [])), **_named_texts(fields))


def _pairs(value: Any) -> dict[str, Pairs]:
    kinds = {kind: _named_texts(said) for kind, said in _mapping(value).items()}
    if not kinds.keys() <= GivenNames().kinds().keys():
        raise ValueError("no kind of part")
    return {kind: tuple(sorted(said.items())) for kind, said in kinds.items()}


def _folder_data(name: str, folder: UserFolder) -> dict[str, object]:
    return {name: {"folder": folder.path, "files": dict(folder.hashes)}} if folder else {}


def _folder(value: Any) -> UserFolder:
    if value is None:
        return UserFolder()
    fields = _mapping(value)
    path = _text(fields["folder"])
    if not path or PurePath(path).is_absolute():
        raise ValueError("no folder, or one of this machine alone")
    return UserFolder(path, tuple(sorted(_named_texts(fields["files"]).items())))


def _reading_data(options: ReadOptions) -> dict[str, object]:
    """How sources are read, where that is not as by default."""
    return {
        **({"import": dict(options.imports)} if options.imports else {}),
        **({"catalog": options.catalog} if options.catalog else {}),
        **({"allow_host": list(options.hosts)} if options.hosts else {}),
        **({} if options.repair else {"repair": False}),
    }


def _reading(fields: Mapping[str, Any]) -> ReadOptions:
    """How sources are read, of the ``fields`` of options."""
    imports = _named_texts(fields.get("import", {}))
    options = ReadOptions(
        imports=tuple(imports.items()),
        catalog=_text(fields.get("catalog", "")),
        hosts=_texts(fields.get("allow_host", [])),
        repair=fields.get("repair", True),
    )
    if any(PurePath(path).is_absolute() for path in (*imports.values(), options.catalog)):
        raise ValueError("a file of this machine alone")
    if type(options.repair) is not bool:
        raise ValueError("no option of soapgen")
    return options


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of JSON with the members ``pairs``, of which none may silently replace another."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key is repeated")
    return members


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()  # raises a ValueError for half of a surrogate pair
    if "\0" in value:
        raise ValueError("a NUL, which no path may have")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return tuple(map(_text, value))


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _named_texts(value: Any) -> dict[str, str]:
    return {_text(name): _text(text) for name, text in _mapping(value).items()}


def digest(content: bytes) -> str:
    """The SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _portable(source: str, package: Path) -> str:
    if is_address(source):
        return source
    path, package = Path(source).resolve(), package.resolve()
    for start in (package, Path.cwd()):
        if Path(os.path.commonpath([path, start])) != Path(path.anchor):
            return Path(os.path.relpath(path, start)).as_posix()
    return path.name
