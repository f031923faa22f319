"""Rare repairs of people, teams and facilities. Daily work has its own screens."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.forms import FacilityForm
from accounts.models import AccessEvent, Facility, Team, User
from accounts.repairs import LookOnly

admin.site.site_header = "Overturn: rare repairs"
admin.site.register(User, UserAdmin)
admin.site.register(Team)
admin.site.register(Facility, form=FacilityForm)
admin.site.register(AccessEvent, LookOnly)
