SELECT file, sha256 FROM store.seeds ORDER BY file
