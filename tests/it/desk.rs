//! A desk to work at: a folder of its own, and the program to run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A text as outlets print it; the people are invented.
pub const FERRY: &str = "\
Harbour council delays the night ferry

By Marta Lindqvist

12 March 2025

GOTHENBURG, Sweden - The night ferry will not run before autumn, the harbour council said on Tuesday.

\"We will not sail with one engine,\" said Ingrid Solberg, who chairs the council. \"Nobody should ask us to.\"

Ms Solberg told reporters that the repair would cost 4 million kronor.
";

/// Another article, of other people.
pub const ORCHARD: &str = "\
Frost takes half of the Kent apple crop

By Paul Ashdown

3 May 2025

MAIDSTONE, England - Growers in Kent have lost half of their apples to a single night of frost.

“I have never seen blossom turn black like that,” Helen Marchbank said on Monday.
";

/// The folder, gone with the value.
pub struct Desk {
    dir: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder for the test") }
    }

    /// A desk with a folder `news` of two articles, and an index of it.
    pub fn with_index() -> Self {
        let desk = Self::new();
        desk.write("news/ferry.txt", FERRY);
        desk.write("news/orchard.txt", ORCHARD);
        let run = desk.dictum(&["ingest", "news"]);
        assert_eq!(run.code, 0, "{run:?}");
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file in the folder")).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn dictum(&self, args: &[&str]) -> Run {
        self.piped(args, b"")
    }

    /// Runs with `input` on standard input.
    pub fn piped(&self, args: &[&str], input: &[u8]) -> Run {
        let mut child = command(self.dir.path(), args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that has seen enough may close its end.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        finished(child.wait_with_output().unwrap())
    }

    /// Runs as somebody who may read only what everybody may. Root may read everything, and becomes nobody for it.
    #[cfg(unix)]
    pub fn as_another_user(&self, args: &[&str]) -> Run {
        use std::os::unix::fs::PermissionsExt;
        use std::os::unix::process::CommandExt;
        const NOBODY: u32 = 65534;
        self.write("probe", "");
        fs::set_permissions(self.path("probe"), fs::Permissions::from_mode(0o0)).unwrap();
        let mut run = command(self.dir.path(), args);
        if fs::File::open(self.path("probe")).is_ok() {
            // Where the program was built may be closed to others.
            let program = self.path("program/dictum");
            fs::create_dir_all(self.path("program")).unwrap();
            fs::copy(env!("CARGO_BIN_EXE_dictum"), &program).unwrap();
            fs::set_permissions(self.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
            run = command_of(&program, self.dir.path(), args);
            run.uid(NOBODY).gid(NOBODY);
        }
        fs::remove_file(self.path("probe")).unwrap();
        finished(run.stdin(Stdio::null()).output().unwrap())
    }

    /// The ids of the articles in the index.
    pub fn ids(&self) -> Vec<String> {
        let exported = self.dictum(&["export"]).out;
        exported.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()).collect()
    }

    /// The JSON that `args` print.
    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.dictum(args);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:?}"))
    }
}

impl Run {
    /// The ids that it printed, a line each, in order of their letters.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.out.lines().collect();
        ids.sort_unstable();
        ids
    }
}

/// The words of a command as a shell cuts them: those in single or double quotation marks as one.
pub fn shell_words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = command.trim_start();
    while let Some(mark) = rest.chars().next() {
        let (word, behind) = match mark {
            '"' | '\'' => rest[1..].split_once(mark).expect("a quotation mark that is closed"),
            _ => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word);
        rest = behind.trim_start();
    }
    words
}

fn finished(output: Output) -> Run {
    Run {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The program in `folder`, untouched by the settings of whoever runs the tests.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    command_of(Path::new(env!("CARGO_BIN_EXE_dictum")), folder, args)
}

fn command_of(program: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(args).env_remove("DICTUM_INDEX").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}
