"""What an owner does with their goods: the photo that stands beside them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.members.forms.people import Photo
from ayil.members.photos import take_away
from ayil.members.reader import acting
from ayil.members.views.people import in_words
from ayil.products.models import Product
from ayil.products.photos import may_send, send_goods_photo, standing_photos


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner, their community's leader, or who may change records sends or takes it away."""
    product = _own(request, pk)
    is_sent = request.method == "POST" and "away" not in request.POST
    form = Photo(request.POST, request.FILES) if is_sent else Photo()
    if "away" in request.POST:
        for found in standing_photos([product.pk]).values():
            take_away(photo=found, by=acting(request), at=now())
        messages.success(request, _("The photo is gone."))
        return redirect("goods-photo", pk=product.pk)
    if is_sent and form.is_valid():
        try:
            send_goods_photo(
                product=product, data=form.cleaned_data["photo"].read(), by=acting(request),
                at=now(), words=form.cleaned_data["words"],
            )  # fmt: skip
        except AyilError as error:
            form.add_error("photo", in_words(error))
        else:
            messages.success(request, _("The photo is kept."))
            return redirect("goods-photo", pk=product.pk)
    context = {
        "product": product,
        "form": form,
        "photo": standing_photos([product.pk]).get(product.pk),
    }
    return render(request, "products/photo.html", context)


def _own(request: HttpRequest, pk: int) -> Product:
    """To others it is as if it were not there."""
    found = Product.objects.filter(pk=pk).select_related("owner").first()
    if found is None or not may_send(request.user, found.pk, now()):
        raise Http404(_("There are no such goods of yours."))
    return found
