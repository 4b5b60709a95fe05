"""`GET /sync/v1/receipt`: what a till asks of a receipt that it did not write itself."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ayil.shop.models import Device
from ayil.shop.receipts import receipts_called
from ayil.shop.wire import answer, for_a_till, refuse

MAX_NUMBER = 60


@require_GET
@for_a_till
def receipt(request: HttpRequest, device: Device) -> HttpResponse:
    """The shop's sales of `?number=`, or of `?sale=`, an event's hash, as {"receipts": […]}.

    A number that two tills used (a cloned one) has two receipts: the clerk chooses.
    """
    number, sale = request.GET.get("number", "").strip(), request.GET.get("sale", "")
    if not (number or sale) or len(number) > MAX_NUMBER or not _is_hash_or_nothing(sale):
        return refuse(400, "malformed", _("Ask by the receipt's number, as it is printed."))
    return answer({"receipts": receipts_called(device.shop, number=number, sale=sale)})


def _is_hash_or_nothing(text: str) -> bool:
    return not text or (len(text) == 64 and set(text) <= set("0123456789abcdef"))
