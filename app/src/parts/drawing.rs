//! Our own drawings, as paths on a grid of 24 by 24.

use naast_core::records::Symbol;

use naast_view::{Node, collect_nodes, el};

/// A small drawing. It never carries meaning alone: the element around it has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Icon {
    Table,
    Speech,
    House,
    Beside,
    Lines,
    Locked,
    Unlocked,
    Hidden,
    LifeRing,
    Back,
    Forward,
    Search,
    Close,
    Heart,
    Plus,
    Check,
    Pencil,
    Phone,
    Cards,
    Bin,
    Box,
    Filter,
    Sun,
    Note,
    Signpost,
    Scales,
    Wind,
    Tree,
    Bird,
    Boat,
    Star,
    Cup,
    Leaf,
    Moon,
    Fish,
    Key,
    Kite,
    Cloud,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Table => "M3 11h18M5.5 11v8.5M18.5 11v8.5M9 11V6.5h5V11M14 7.3h1.3a1.3 1.3 0 0 1 0 2.6H14",
            Self::Speech => {
                "M5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H12l-4.5 4v-4h-2A1.5 1.5 0 0 1 4 14.5v-8A1.5 1.5 0 0 1 5.5 5z"
            }
            Self::House => "M4 11.5 12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5h4v5",
            Self::Beside => {
                "M3.5 19.5c0-5 .8-8.5 4.2-8.5s4.3 3.5 4.3 8.5zM12 19.5c0-5 .9-8.5 4.3-8.5s4.2 3.5 4.2 8.5zM10 6.3a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0zM18.6 6.3a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0z"
            }
            Self::Lines => "M4 7h16M4 12h16M4 17h10",
            Self::Locked => {
                "M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"
            }
            Self::Unlocked => {
                "M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8.5 11V7a3.5 3.5 0 0 1 6.7-1.4"
            }
            Self::Hidden => {
                "M4 4l16 16M9.9 5.7A9.6 9.6 0 0 1 12 5.5c4.2 0 7.3 2.8 9 6.5a13 13 0 0 1-2.6 3.6M6.3 7.7A12.6 12.6 0 0 0 3 12c1.7 3.7 4.8 6.5 9 6.5a9.2 9.2 0 0 0 4.3-1.1M9.9 10a3 3 0 0 0 4.2 4.2"
            }
            Self::LifeRing => {
                "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM5.6 5.6l3.9 3.9M14.5 14.5l3.9 3.9M18.4 5.6l-3.9 3.9M9.5 14.5l-3.9 3.9"
            }
            Self::Back => "M15 5l-7 7 7 7",
            Self::Forward => "M9 5l7 7-7 7",
            Self::Search => "M16.5 10.5a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM15 15l5 5",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Heart => "M12 19.5C7 15.8 4 13 4 9.5A4.1 4.1 0 0 1 12 8a4.1 4.1 0 0 1 8 1.5c0 3.5-3 6.3-8 10z",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Pencil => "M5 19l1-4L15.5 5.5l3 3L9 18z",
            Self::Phone => {
                "M6 4h3.5l1.5 4.5-2 1.5a11 11 0 0 0 5 5l1.5-2 4.5 1.5V18a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z"
            }
            Self::Cards => "M8 7.5h11v12.5H8zM5 16.5V4.5h10.5",
            Self::Bin => "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
            Self::Box => "M4 5h16v4H4zM5.5 9v10.5h13V9M10 13h4",
            Self::Filter => "M4 7h16M7 12h10M10 17h4",
            Self::Sun => {
                "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"
            }
            Self::Note => {
                "M9 17.5V6l10-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
            }
            Self::Signpost => "M12 21V3.5M12 5.5h6l2 2-2 2h-6M12 12H6l-2 2 2 2h6",
            Self::Scales => "M12 4v16M8 20h8M5 7h14M5.5 7 3 13.5h5zM18.5 7 16 13.5h5z",
            Self::Wind => "M3 9h10a3 3 0 1 0-3-3M3 13h14.5a3 3 0 1 1-3 3M3 17h7",
            Self::Tree => "M12 21v-7M12 15.5c-4 0-6-2.4-6-5.5 0-3.5 2.7-6.5 6-6.5s6 3 6 6.5c0 3.1-2 5.5-6 5.5z",
            Self::Bird => {
                "M4 12c4.5 0 5.5-5 9.5-5a4 4 0 0 1 3.9 3l3.1 1.2-3 1.3c-.6 3.6-3.5 5.5-7 5.5-3.3 0-5.5-2-6.5-6zM10 18v2.5M13 17.8v2.7M14.5 9.8h.01"
            }
            Self::Boat => "M4 15h16l-2.5 4.5h-11zM12 15V4l6 8h-6M9.8 15V7.5L6 12.5h3.8",
            Self::Star => "M12 3.5l2.6 5.3 5.9.9-4.2 4.1 1 5.8-5.3-2.7-5.3 2.7 1-5.8L3.5 9.7l5.9-.9z",
            Self::Cup => {
                "M5 7.5h11V13a4.5 4.5 0 0 1-4.5 4.5h-2A4.5 4.5 0 0 1 5 13zM16 9h1.5a2.3 2.3 0 0 1 0 4.6H16M4 20.5h13"
            }
            Self::Leaf => "M5 19C5 10 10 5 19 5c0 9-5 14-14 14zM5 19l7-7",
            Self::Moon => "M19.5 14.5A8 8 0 1 1 9.5 4.5a6.7 6.7 0 0 0 10 10z",
            Self::Fish => {
                "M3.5 12c3-4 6-5.5 9-5.5 2.7 0 4.8 1.5 6 3.5L21 8v8l-2.5-2c-1.2 2-3.3 3.5-6 3.5-3 0-6-1.5-9-5.5zM8.5 11h.01"
            }
            Self::Key => "M12 8.5a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM10.9 11.3 19.5 20M15 15.5l2.5-2.5M18 18.5l2-2",
            Self::Kite => "M12 3l5.5 6.5L12 16 6.5 9.5zM12 3v13M6.5 9.5h11M12 16c0 2.5-2.5 2-2.5 5",
            Self::Cloud => "M7 18a4 4 0 0 1-.5-8 6 6 0 0 1 11.3 1.5A3.3 3.3 0 0 1 17.3 18z",
        }
    }
}

impl From<Symbol> for Icon {
    fn from(symbol: Symbol) -> Self {
        match symbol {
            Symbol::House => Self::House,
            Symbol::Tree => Self::Tree,
            Symbol::Bird => Self::Bird,
            Symbol::Boat => Self::Boat,
            Symbol::Star => Self::Star,
            Symbol::Cup => Self::Cup,
            Symbol::Leaf => Self::Leaf,
            Symbol::Moon => Self::Moon,
            Symbol::Fish => Self::Fish,
            Symbol::Key => Self::Key,
            Symbol::Kite => Self::Kite,
            Symbol::Cloud => Self::Cloud,
        }
    }
}

/// A small drawing, hidden from screen readers.
pub fn icon(icon: Icon) -> Node {
    let class = if matches!(icon, Icon::Back | Icon::Forward) { "icon turns" } else { "icon" };
    drawn(class, "0 0 24 24", &[("", icon.path())])
}

/// A large drawing of what a parent points at. Its path comes from the content.
pub fn pictogram(path: &'static str) -> Node {
    drawn("icon pictogram", "0 0 24 24", &[("", path)])
}

/// The drawing of the whole idea: two chairs on the same side of a table.
pub fn two_chairs() -> Node {
    let shapes = [
        ("d-accent", "M64 34h34a9 9 0 0 1 9 9v47H55V43a9 9 0 0 1 9-9zM68 48v34M81 48v34M94 48v34"),
        ("d-sun", "M142 34h34a9 9 0 0 1 9 9v47h-52V43a9 9 0 0 1 9-9zM146 48v34M159 48v34M172 48v34"),
        (
            "d-card",
            "M26 88h188a6 6 0 0 1 0 12H26a6 6 0 0 1 0-12zM40 100v36M200 100v36M112 70h16v10a8 8 0 0 1-8 8 8 8 0 0 1-8-8zM128 73h2.5a4 4 0 0 1 0 8H128",
        ),
        ("d-line", "M117 63c-2-3 2-4 0-7M123 63c-2-3 2-4 0-7"),
    ];
    drawn("drawing", "0 20 240 120", &shapes)
}

fn drawn(class: &'static str, view_box: &'static str, paths: &[(&'static str, &'static str)]) -> Node {
    let path = |&(class, d): &(&'static str, &'static str)| el("path").class(class).attr("d", d);
    let paths = collect_nodes(paths.iter().map(path));
    el("svg").class(class).attr("viewBox", view_box).attr("aria-hidden", "true").children(paths).into()
}
