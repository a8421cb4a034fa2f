"""What a vault keeps: the SQLCipher database and the evidence files beside it.

`database` owns the connection; the other modules hold the SQL of one subject each and hand out
frozen rows. Nothing here knows a record's fields, a bundle's bytes or a window.
"""
