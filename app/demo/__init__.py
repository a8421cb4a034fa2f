"""The demonstration: the whole journey on the twelve fictional incidents, checked at every step.

    journey     record, seal, carry, open, take in, answer: what people do
    exhibits    the evidence files, made on the spot
    witnesses   what age, tar, bagit.py, minisign and our rescue tool say of the same bundles
    telling     one line for each step, and what did not hold

Everything in it is invented. It uses the verbs of app as windows and command line do.
"""
