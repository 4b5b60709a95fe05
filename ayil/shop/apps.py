from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "ayil.shop"

    def ready(self) -> None:
        from ayil.consignment.late import sale_moments
        from ayil.shop.moments import moments_of

        if moments_of not in sale_moments:
            sale_moments.append(moments_of)
