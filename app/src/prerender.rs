//! Rendering pages outside a browser: the first screen for `index.html`, and the screen tests.

use leptos::prelude::Owner;
use naast_core::content::Content;
use naast_core::route::Route;
use naast_view::to_html;

use crate::messages;
use crate::session::Access;
use crate::state::App;
use crate::state::PrivateModule;

/// The first screen, for `index.html`.
///
/// # Errors
/// As [`render`].
pub fn first_screen() -> Result<String, &'static str> {
    render(Route::Today, |app| to_html(crate::app::first_screen(app)))
}

/// What `make` renders, in an app at this address that finds storage with nothing in it.
///
/// # Errors
/// Where the content that the build compiled cannot be read, which would be a fault of the build.
pub(crate) fn render(route: Route, make: impl FnOnce(App) -> String) -> Result<String, &'static str> {
    messages::load_own();
    let content = Content::from_compact(crate::CONTENT).ok_or("the content does not fit the app")?;
    let content: &'static Content = Box::leak(Box::new(content));
    let owner = Owner::new();
    let html = owner.with(|| {
        let app = App::new(content, route, None);
        app.session.access.set(Access::Absent);
        app.private_module.set(PrivateModule::Loaded(crate::router::private_page));
        make(app)
    });
    owner.cleanup();
    Ok(html)
}
