//! Compiles the content into the app; a problem in a content file fails the build.
fn main() -> std::process::ExitCode {
    naast_content::build_script()
}
