"""Forms made from field specs: no field has its name here. Start at form.py."""
