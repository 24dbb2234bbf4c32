"""The entries of the ZIP files that we write."""

from zipfile import ZIP_DEFLATED, ZipInfo


def zip_entry(name: str, method: int = ZIP_DEFLATED) -> ZipInfo:
    """An entry without a time, so that the same files give the same bytes on every system, which
    anybody may read once it is unpacked."""
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3  # Unix: its rights follow
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    return entry
