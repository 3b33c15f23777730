//! Meer: erasing everything.

use naast_core::route::{MorePage, Place, Route};

use super::more_data::kept;
use super::unlock::progress;
use crate::browser::{task, updates};
use crate::labels::Label;
use crate::parts::{
    Icon, Line, action, button, div, form, h1, h2, icon, li, link, p, p_of, section, status, strong, submit, text_line,
    two_chairs, ul,
};
use crate::state::App;
use naast_view::LocalSignal;
use naast_view::nodes;
use naast_view::{Element, Node, live};

/// What confirms it.
const WORD: &str = "wissen";

/// `#/meer/alles-wissen`, before the door: also who cannot open the vault may want it gone.
pub fn erase(app: App) -> Node {
    let done = LocalSignal::new(false);
    status("", nodes![live(move || if done.get() { erased() } else { ask(app, done) })]).into()
}

fn ask(app: App, done: LocalSignal<bool>) -> Element {
    let typed = LocalSignal::new(String::new());
    let busy = LocalSignal::new(false);
    let problem = LocalSignal::new(String::new());
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        if !typed.read_untracked().trim().eq_ignore_ascii_case(WORD) {
            problem.set("Typ eerst het woord ‘wissen’.".to_owned());
            return;
        }
        busy.set(true);
        problem.set(String::new());
        task::spawn(async move {
            let gone = app.erase(true).await;
            busy.set(false);
            if gone {
                done.set(true);
            } else {
                problem.set(
                    "Niet alles kon worden gewist. Sluit andere vensters van Naast en probeer het opnieuw. \
                     Lukt het niet, wis dan de sitegegevens in je browser."
                        .to_owned(),
                );
            }
        });
    };
    let first = div(
        "card sun stack-s",
        nodes![
            p(strong("Wil je later nog iets teruglezen?")),
            p("Maak dan eerst een reservekopie, en bewaar die buiten dit toestel."),
            link("button wide", &Route::MorePage(MorePage::Backup), nodes!["Naar de reservekopie"]),
        ],
    );
    form(
        "stack-l",
        nodes![
            h1(MorePage::Erase.label()),
            p("Hier wis je alles wat Naast op dit toestel bewaart. Daarna kan niemand het terughalen."),
            section(
                "stack-s",
                nodes![
                    h2("Dit gaat weg"),
                    live(move || kept(app)),
                    ul(
                        "bullets stack-s",
                        [
                            "Alles in je kluis.",
                            "Je instellingen, je favorieten en het nummer van je coördinator.",
                            "Naast zelf, zoals het klaarstond voor gebruik zonder internet.",
                        ]
                        .map(|what| li(nodes![what]))
                    ),
                ]
            ),
            section(
                "stack-s",
                nodes![
                    h2("Dit blijft"),
                    ul(
                        "bullets stack-s",
                        [
                            "Wat je zelf buiten Naast bewaarde: reservekopieën, leesbare kopieën, afspraken in je agenda.",
                            "Resten op de opslag van je toestel: notities op slot, instellingen leesbaar. De browser ruimt ze later op.",
                        ]
                        .map(|what| li(nodes![what]))
                    ),
                ]
            ),
            first,
            text_line("Typ het woord ‘wissen’", "", Line::Text, move || typed.get(), move |text| typed.set(text)),
            progress(busy, "Alles wordt gewist…", problem),
            action(nodes![
                submit("button care main", nodes![icon(Icon::Bin), "Alles wissen"])
                    .live_flag("aria-disabled", move || busy.get())
            ]),
        ],
        go,
    )
}

fn erased() -> Element {
    div(
        "stack",
        nodes![
            h1("Alles is gewist"),
            two_chairs(),
            p("Naast bewaart hier niets meer van je. Sluit ook andere vensters van Naast."),
            p("Naast werkt nu alleen met internet. Open je het zo één keer, dan kan het daarna weer zonder."),
            p_of("soft", "Je kunt Naast nu weggooien of opnieuw beginnen."),
            button("button wide", nodes!["Opnieuw beginnen"], updates::reload),
            link("button plain", &Place::Questions.route(), nodes!["Naar de vragen"]),
        ],
    )
}
