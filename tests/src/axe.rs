//! axe-core: accessibility rules that a machine can check.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::page::Page;

/// axe-core as npm installs it.
#[derive(Debug, Clone)]
pub struct Axe {
    source: String,
}

impl Axe {
    /// Where `npm ci` puts it.
    #[must_use]
    pub fn place() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../node_modules/axe-core/axe.min.js")
    }

    /// Reads the script.
    ///
    /// # Errors
    /// If it is not installed.
    pub fn read() -> Result<Self> {
        let place = Self::place();
        let source =
            std::fs::read_to_string(&place).with_context(|| format!("{} is not there; run npm ci", place.display()))?;
        Ok(Self { source })
    }

    /// The findings on the page: one line for each rule and element.
    ///
    /// # Errors
    /// If it cannot run.
    pub async fn complaints(&self, page: &Page) -> Result<Vec<String>> {
        // The driver evaluates it, so the content security policy does not apply.
        if page.run("return typeof window.axe").await? != json!("object") {
            page.run(&format!("{}\nwindow.axe = axe;", self.source)).await.context("axe does not load")?;
        }
        let found = page.run_async(RUN, vec![]).await?;
        serde_json::from_value(found).context("axe does not answer")
    }
}

const RUN: &str = r"
const done = arguments[0];
window.axe.run(document, {
  resultTypes: ['violations'],
  // A scenario of its own measures sizes: this rule reports whatever lies under the bar at that moment as too
  // small.
  rules: { 'target-size': { enabled: false } },
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(
  ({ violations }) => done(violations.flatMap((v) => v.nodes.map((n) =>
    `${v.id}: ${n.html.slice(0, 160)} - ${(n.any[0] || n.all[0] || n.none[0] || v).message || v.help}`))),
  (error) => done([`axe failed: ${error}`]),
);
";
