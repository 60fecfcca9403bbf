//! What was built: the version of this interface and of the library.

use std::ffi::{CStr, c_char};

/// The interface's major version: different majors do not understand each other.
pub const COTERIE_ABI_MAJOR: u32 = 1;
/// The interface's minor version: a library serves every caller of its own minor or an older one.
pub const COTERIE_ABI_MINOR: u32 = 0;

const OS: &str = std::env::consts::OS;
const ARCH: &str = std::env::consts::ARCH;
const PROFILE: &str = if cfg!(debug_assertions) { "debug" } else { "release" };

static BUILD_INFO: std::sync::LazyLock<std::ffi::CString> = std::sync::LazyLock::new(|| {
    let text = format!(
        "coterie {} abi {COTERIE_ABI_MAJOR}.{COTERIE_ABI_MINOR} {OS}-{ARCH} {PROFILE}",
        env!("CARGO_PKG_VERSION")
    );
    std::ffi::CString::new(text).unwrap_or_default()
});

/// The version of this interface, `major << 16 | minor`. Call it before anything else is bound.
///
/// Kind: critical. Threads: any, also at once.
#[unsafe(no_mangle)]
pub extern "C" fn coterie_abi_version() -> u32 {
    COTERIE_ABI_MAJOR << 16 | COTERIE_ABI_MINOR
}

/// One line about the build: version, interface, platform, profile. UTF-8, ends in a zero byte, lives as long as the library.
///
/// Kind: normal. Threads: any, also at once.
#[unsafe(no_mangle)]
pub extern "C" fn coterie_build_info() -> *const c_char {
    let text: &'static CStr = BUILD_INFO.as_c_str();
    text.as_ptr()
}
