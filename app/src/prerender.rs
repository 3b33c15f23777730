//! Rendering pages outside a browser: the first screen for `index.html`, and the screen tests.

use leptos::prelude::Owner;
use naast_core::content::Content;
use naast_core::route::Route;
use naast_view::to_html;

use crate::messages;
use crate::session::Access;
use crate::state::App;

/// The HTML of a page and the frame around it. `prepare` sets the state in which it is shown.
///
/// # Errors
/// Where the content that the build compiled cannot be read, which would be a fault of the build.
pub fn render(route: Route, prepare: impl FnOnce(App)) -> Result<String, &'static str> {
    messages::load_own();
    let content = Content::from_compact(crate::CONTENT).ok_or("the content does not fit the app")?;
    let content: &'static Content = Box::leak(Box::new(content));
    let owner = Owner::new();
    let html = owner.with(|| {
        let app = App::new(content, route, None);
        // There is no storage here; a first visit has some, and nothing in it.
        app.session.access.set(Access::Absent);
        app.behind.set(crate::behind::Behind::Here(crate::app::inside));
        prepare(app);
        to_html(crate::app::shell(app))
    });
    owner.cleanup();
    Ok(html)
}
