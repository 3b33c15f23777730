//! The page of each route.

use naast_core::route::{MorePage, Route};

use crate::pages::{
    attitude, backup, cards, concern, course, erase, families, family_edit, farewell, find, help, more, more_data,
    own_question, practice, questions, today, together, transfer, vault, visit,
};
use crate::parts::{div, not_found, paragraphs};
use crate::state::App;
use naast_view::{Node, nodes};

/// The pages of the first module.
pub fn public_page(app: App, route: Route) -> Node {
    match route {
        Route::Today => today::today(app),
        Route::Attitude => attitude::attitude(app),
        Route::Principle(id) => attitude::attitude_part(app, &id),
        Route::Questions => questions::questions(app),
        Route::Question(id) => questions::question_page(app, id),
        Route::Cards(at) => cards::cards(app, at),
        Route::More => more::more(app),
        Route::MorePage(page) => public_more_page(app, page),
        Route::Help => help::help(app),
        Route::Worried => help::worried(app),
        Route::Facts => help::facts(app),
        _ => not_found(),
    }
}

/// The pages of the private module; those with private content are shown once the vault is open.
pub fn private_page(app: App, route: Route) -> Node {
    if route.needs_vault() { vault::behind_the_door(app, route, screen) } else { screen(app, route) }
}

/// The page of a route in the private module, with the vault open if it needs that.
fn screen(app: App, route: Route) -> Node {
    match route {
        Route::NewQuestion => own_question::new_question(app),
        Route::EditQuestion(id) => own_question::edit_question(app, id),
        Route::Families => families::families(app, false),
        Route::Archive => families::families(app, true),
        Route::NewFamily => family_edit::new_family(app),
        Route::Family(id) => families::family_page(app, id),
        Route::EditFamily(id) => family_edit::edit_family(app, id),
        Route::DeleteFamily(id) => family_edit::delete_family(app, id),
        Route::Course(id) => course::course(app, id),
        Route::Farewell(id) => farewell::farewell(app, id),
        Route::Clear(id) => farewell::clear(app, id),
        Route::Find => find::find(app),
        Route::Visit(family, id, screen) => visit::visit_page(app, family, id, screen),
        Route::Together => together::together(app),
        Route::Concern(family, id) => concern::concern(app, family, id),
        Route::MorePage(page) => private_more_page(app, page),
        // The worker's own question.
        route => public_page(app, route),
    }
}

/// A page of Meer in the first module.
fn public_more_page(app: App, page: MorePage) -> Node {
    let inside = match page {
        MorePage::Settings => more::settings(app).into(),
        MorePage::Coordinator => more::coordinator(app).into(),
        MorePage::Privacy => div("stack", nodes![paragraphs(&app.content.texts.privacy)]).into(),
        MorePage::About => more::about(app).into(),
        MorePage::Sources => more::sources(app).into(),
        MorePage::Licences => more::licences().into(),
        _ => return not_found(),
    };
    more::titled(page, inside)
}

/// A page of Meer in the private module.
fn private_more_page(app: App, page: MorePage) -> Node {
    let inside = match page {
        MorePage::Practice => practice::practice(app),
        MorePage::Vault => vault::vault(app).into(),
        MorePage::Recovery => vault::recovery(app),
        MorePage::Export => more_data::export(app),
        MorePage::Backup => backup::backup(app),
        MorePage::Transfer => transfer::transfer(app),
        MorePage::Storage => more_data::storage(app),
        MorePage::Erase => return erase::erase(app),
        _ => return not_found(),
    };
    more::titled(page, inside)
}
