//! Every page as HTML, compared with a reference, without a browser.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test -p naast screen`, and look at what
//! `git diff app/src/snapshots` shows.

use naast_core::route::{MorePage, Route};
use naast_core::time::Moment;
use naast_view::to_html;

use crate::browser::clock;
use crate::prerender::{first_screen, render};
use crate::state::App;

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: Moment = Moment(1_795_255_200_000);

/// The page as HTML, an element a line, so that a difference is one of lines.
fn page(route: Route, prepare: impl FnOnce(App)) -> String {
    clock::set(NOW);
    let html = render(route, |app| {
        prepare(app);
        to_html(crate::app::shell(app))
    })
    .unwrap();
    let main = html.split_once("<main").map_or(&*html, |(_, main)| main);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    format!("<main{main}</main>").replace("><", ">\n<")
}

macro_rules! screens {
    ($($name:ident: $route:expr $(, $prepare:expr)?;)*) => {
        $(
            #[test]
            fn $name() {
                #[allow(unused_mut, unused_assignments)]
                let mut prepare: fn(App) = |_| {};
                $(prepare = $prepare;)?
                insta::assert_snapshot!(page($route, prepare));
            }
        )*
    };
}

screens! {
    today_on_a_first_visit: Route::Today;
    today: Route::Today, |app| app.settings.write().welcomed = true;
    attitude: Route::Attitude;
    questions: Route::Questions;
    more: Route::More;
    help: Route::Help;
    worried: Route::Worried;
    facts: Route::Facts;
    not_found: Route::NotFound;
    about: Route::MorePage(MorePage::About);
    settings: Route::MorePage(MorePage::Settings);
}

#[test]
fn first_screen_of_the_page() {
    insta::assert_snapshot!(first_screen().unwrap().replace("><", ">\n<"));
}
