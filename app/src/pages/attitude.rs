//! Houding: the principles, the whole on one screen and each on its own page.

use leptos::prelude::*;
use naast_core::content::{Group, Principle};
use naast_core::route::{MorePage, Route};

use crate::parts::{Icon, LinkRow, QuestionRow, icon, paragraphs, to};
use crate::state::use_app;

fn drawing(group: &Group) -> Icon {
    match group.id.as_str() {
        "strengths" => Icon::Sun,
        "parents-first" => Icon::Note,
        "their-way" => Icon::Signpost,
        "power" => Icon::Scales,
        "long-breath" => Icon::Wind,
        _ => Icon::Beside,
    }
}

/// `#/houding`
#[component]
pub fn Attitude() -> impl IntoView {
    let app = use_app();
    let groups = &app.content.groups;
    view! {
        <div class="stack">
            <h1 tabindex="-1">"Houding"</h1>
            <nav aria-label="Zes kanten van de houding" class="tiles">
                {groups
                    .iter()
                    .map(|group| {
                        let id = group.id.clone();
                        view! {
                            <a class="card tile" href=to(Route::Principle(id))>
                                {icon(drawing(group))}
                                <strong>{group.title.as_str()}</strong>
                                <span class="small soft">{group.essence.as_str()}</span>
                            </a>
                        }
                    })
                    .collect_view()}
            </nav>
            <div class="soft stack-s">{paragraphs(&app.content.texts.attitude)}</div>
        </div>
    }
    .into_any()
}

/// `#/houding/<id>`: a principle, or a group of them.
#[component]
pub fn AttitudePart(
    /// The principle or the group.
    id: String,
) -> impl IntoView {
    let content = use_app().content;
    if let Some(principle) = content.principles.iter().find(|p| p.id == id) {
        view! { <PrinciplePage principle=principle/> }.into_any()
    } else if let Some(group) = content.groups.iter().find(|g| g.id == id) {
        view! { <GroupPage group=group/> }.into_any()
    } else {
        super::not_found()
    }
}

#[component]
fn GroupPage(group: &'static Group) -> impl IntoView {
    let principles = use_app().content.principles.iter().filter(|p| p.group == group.id);
    view! {
        <div class="stack">
            <h1 tabindex="-1">{group.title.as_str()}</h1>
            <p class="soft">{group.essence.as_str()}</p>
            <ul class="list">
                {principles
                    .map(|p| {
                        view! {
                            <LinkRow
                                route=Route::Principle(p.id.clone())
                                title=p.title.as_str()
                                line=p.essence.as_str()
                            />
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

#[component]
fn PrinciplePage(principle: &'static Principle) -> impl IntoView {
    let app = use_app();
    let content = app.content;
    let group = content.groups.iter().find(|g| g.id == principle.group);
    let sources = content.sources.iter().filter(|s| principle.sources.contains(&s.id));
    let siblings: Vec<_> = content.principles.iter().filter(|p| p.group == principle.group).collect();
    let next = siblings.iter().position(|p| p.id == principle.id).and_then(|at| siblings.get(at + 1).copied());
    view! {
        <article class="stack-l">
            <header class="stack-s">
                {group
                    .map(|g| {
                        view! {
                            <p class="eyebrow">
                                <a href=to(Route::Principle(g.id.clone()))>{g.title.as_str()}</a>
                            </p>
                        }
                    })}
                <h1 tabindex="-1">{principle.title.as_str()}</h1>
                <p class="says">{principle.essence.as_str()}</p>
            </header>
            <section class="stack-s">{paragraphs(&principle.meaning)}</section>
            <section class="stack-s">
                <h2>"Waarom het telt"</h2>
                {paragraphs(&principle.why)}
            </section>
            <section class="card sun stack-s">
                <h2>"Aan de keukentafel"</h2>
                {paragraphs(&principle.example)}
            </section>
            <section class="stack-s">
                <h2>"Wat het lastig maakt"</h2>
                {paragraphs(&principle.obstacle)}
            </section>
            <section class="card wash stack-s">
                <h2>"Vraag aan jezelf"</h2>
                <p class="says">{principle.self_question.as_str()}</p>
            </section>
            <section class="stack-s">
                <h2>"Vragen die hierbij horen"</h2>
                <ul class="list">{move || {
                    content
                        .questions
                        .iter()
                        .filter(|q| q.principles.contains(&principle.id) && app.may_see(q))
                        .map(|q| view! { <QuestionRow question=q.clone()/> })
                        .collect_view()
                }}</ul>
            </section>
            <section class="stack-s small soft">
                <h2 class="eyebrow">"Waar dit idee vandaan komt"</h2>
                <ul class="stack-s">
                    {sources
                        .map(|s| {
                            view! {
                                <li>
                                    <a href=to(Route::MorePage(MorePage::Sources))>
                                        {s.author.as_str()} ", " {s.title.as_str()}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
            {next
                .map(|p| {
                    view! {
                        <a class="button wide" href=to(Route::Principle(p.id.clone()))>
                            "Verder: "
                            {p.title.as_str()}
                            {icon(Icon::Forward)}
                        </a>
                    }
                })}
        </article>
    }
    .into_any()
}
