from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "ayil.figures"

    def ready(self) -> None:
        from ayil.figures.rollups import keep_daily_figures
        from ayil.shop.posting import followers

        if keep_daily_figures not in followers:
            followers.append(keep_daily_figures)
