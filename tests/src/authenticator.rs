//! The lock of a phone, simulated by Chromium: a passkey that gives a secret, with a fingerprint that always or
//! never matches.

use anyhow::{Context, Result};
use serde_json::json;

use crate::page::Page;

/// A device lock; it exists as long as its window.
#[derive(Debug)]
pub struct Authenticator {
    page: Page,
    id: String,
}

impl Authenticator {
    /// Gives the phone a lock, with or without secrets.
    ///
    /// # Errors
    /// If the browser does not support it.
    pub async fn new(page: &Page, secrets: bool) -> Result<Self> {
        let tools = page.driver().cdp();
        tools.send_raw("WebAuthn.enable", json!({ "enableUI": false })).await?;
        let options = json!({ "options": {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal",
            "hasResidentKey": true, "hasUserVerification": true, "isUserVerified": true,
            "automaticPresenceSimulation": true, "hasPrf": secrets,
        } });
        let made = tools.send_raw("WebAuthn.addVirtualAuthenticator", options).await?;
        let id = made["authenticatorId"].as_str().context("an authenticator")?.to_owned();
        Ok(Self { page: page.clone(), id })
    }

    /// Makes the fingerprint match from now on, or not.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn recognise(&self, right: bool) -> Result<()> {
        let how = json!({ "authenticatorId": self.id, "isUserVerified": right });
        self.page.driver().cdp().send_raw("WebAuthn.setUserVerified", how).await?;
        Ok(())
    }

    /// Removes all its passkeys, as when the passwords of the phone are cleared.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn forget(&self) -> Result<()> {
        let which = json!({ "authenticatorId": self.id });
        self.page.driver().cdp().send_raw("WebAuthn.clearCredentials", which).await?;
        Ok(())
    }

    /// The number of its passkeys.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn passkeys(&self) -> Result<usize> {
        let which = json!({ "authenticatorId": self.id });
        let all = self.page.driver().cdp().send_raw("WebAuthn.getCredentials", which).await?;
        Ok(all["credentials"].as_array().context("passkeys")?.len())
    }
}
