//! The format `intervals`: `queue,start,contacts,handle_time_s` and perhaps `answered,abandoned,answered_within,wait_s,time_zone`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use csv::ByteRecord;

use super::finding::{At, FindingKind, Findings};
use super::finish::{Row, finish};
use super::known::Meaning;
use super::number::parse_number;
use super::plausible::{check_consistent, plausible_handle_time};
use super::start::{Place, Starts};
use super::{History, KnownQueues, Record, Service};

const NEEDED: [&str; 3] = ["queue", "start", "contacts"];

/// Reads one file after the other; what it keeps is the rows of known queues, not the files.
#[derive(Debug)]
pub struct HistoryReader {
    known: KnownQueues,
    meanings: BTreeMap<Vec<u8>, Meaning>,
    rows: Vec<Vec<Row>>,
    findings: Findings,
    starts: Starts,
}

/// Positions of the columns in a file.
struct Columns {
    queue: usize,
    start: usize,
    contacts: usize,
    handle_time: Option<usize>,
    answered: Option<usize>,
    abandoned: Option<usize>,
    answered_within: Option<usize>,
    wait: Option<usize>,
    time_zone: Option<usize>,
}

impl HistoryReader {
    pub fn new(known: KnownQueues) -> HistoryReader {
        HistoryReader {
            meanings: known.table(),
            rows: vec![Vec::new(); known.ids.len()],
            known,
            findings: Findings::default(),
            starts: Starts::default(),
        }
    }

    /// Reads a file to its end; `name` is what messages call it. Whatever is wrong with it goes into the report.
    pub fn read(&mut self, name: &str, file: impl Read) {
        let file_number = self.findings.file(name);
        let mut input = BufReader::with_capacity(1 << 18, file);
        let separator = match begin(&mut input) {
            Ok(separator) => separator,
            Err(error) => return self.unreadable(file_number, 0, &error.to_string()),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(input);
        let mut record = ByteRecord::new();
        let mut columns = None;
        // Rows of one queue mostly stand together: the last name is not looked up again.
        let mut last: (Vec<u8>, Meaning) = (Vec::new(), Meaning::Unknown);
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    let line = reader.position().line();
                    return self.unreadable(file_number, line, &error.to_string());
                }
            }
            let line = record.position().map_or(0, csv::Position::line);
            let at = At {
                file: file_number,
                line,
            };
            match &columns {
                None => match self.columns(&record, at) {
                    Some(found) => columns = Some(found),
                    None => return,
                },
                Some(columns) => self.row(&record, columns, at, &mut last),
            }
        }
        if columns.is_none() {
            let at = At {
                file: file_number,
                line: 0,
            };
            self.findings
                .add(FindingKind::MissingColumn, at, "", "empty", || {
                    ("this history is empty".into(), header_hint())
                });
        }
    }

    /// Sorts what was read, finds the intervals, the gaps and the oddities.
    pub fn finish(self) -> History {
        finish(self.known, self.rows, self.findings)
    }

    fn unreadable(&mut self, file: usize, line: u64, error: &str) {
        let at = At { file, line };
        self.findings.add(FindingKind::Unreadable, at, "", "", || {
            (
                format!("this history cannot be read further: {error}"),
                "check that the file is whole and is CSV text".into(),
            )
        });
    }

    fn columns(&mut self, header: &ByteRecord, at: At) -> Option<Columns> {
        let names: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_lowercase())
            .collect();
        let find = |name: &str| names.iter().position(|known| known == name);
        let mut complete = true;
        for name in NEEDED.into_iter().filter(|name| find(name).is_none()) {
            complete = false;
            let near = names.iter().find(|other| {
                !NEEDED.contains(&other.as_str()) && strsim::jaro_winkler(other, name) > 0.8
            });
            self.findings
                .add(FindingKind::MissingColumn, at, "", name, || {
                    let hint = match near {
                        Some(near) => {
                            format!("is it the column \"{near}\"? then rename it to \"{name}\"")
                        }
                        None => header_hint(),
                    };
                    (format!("there is no column \"{name}\""), hint)
                });
        }
        complete.then(|| Columns {
            queue: find("queue").unwrap_or(0),
            start: find("start").unwrap_or(0),
            contacts: find("contacts").unwrap_or(0),
            handle_time: find("handle_time_s"),
            answered: find("answered"),
            abandoned: find("abandoned"),
            answered_within: find("answered_within"),
            wait: find("wait_s"),
            time_zone: find("time_zone"),
        })
    }

    fn row(
        &mut self,
        record: &ByteRecord,
        columns: &Columns,
        at: At,
        last: &mut (Vec<u8>, Meaning),
    ) {
        if record.iter().all(|field| field.trim_ascii().is_empty()) {
            return;
        }
        let needed = columns.queue.max(columns.start).max(columns.contacts);
        if record.len() <= needed {
            let fields = record.len();
            return self.findings.add(FindingKind::ShortRow, at, "", "", || {
                (
                    format!("this row has only {fields} fields"),
                    "write every separator, also where a field is empty".into(),
                )
            });
        }
        let name = record[columns.queue].trim_ascii();
        if last.0 != name {
            let meaning = self.meanings.get(name).copied();
            *last = (name.to_vec(), meaning.unwrap_or(Meaning::Unknown));
        }
        let queue = match last.1 {
            Meaning::Queue(queue) => queue,
            Meaning::Ignored => return,
            Meaning::Unknown => return self.unknown_queue(name, at),
        };
        let place = Place {
            at,
            queue,
            own: self.known.open.get(queue).map(|open| &open.0),
            told: columns.time_zone.and_then(|column| record.get(column)),
        };
        let start = &record[columns.start];
        let Some(start) = self.starts.minutes(&mut self.findings, start, &place) else {
            return;
        };
        let Some(contacts) = self.contacts(&record[columns.contacts], at) else {
            return;
        };
        let mut optional = |column: Option<usize>, name: &'static str| {
            let field = record.get(column?)?.trim_ascii();
            if field.is_empty() {
                return None;
            }
            self.optional_number(field, name, at)
        };
        let handle_time_s = optional(columns.handle_time, "handle_time_s");
        let service = Service {
            answered: optional(columns.answered, "answered"),
            abandoned: optional(columns.abandoned, "abandoned"),
            answered_within: optional(columns.answered_within, "answered_within"),
            wait_s: optional(columns.wait, "wait_s"),
        };
        let handle_time_s = plausible_handle_time(&mut self.findings, handle_time_s, contacts, at);
        check_consistent(&mut self.findings, &service, contacts, at);
        self.rows[queue].push(Row {
            record: Record {
                start,
                contacts,
                handle_time_s,
                service: (service != Service::default()).then(|| Box::new(service)),
            },
            file: at.file as u32,
            line: at.line as u32,
        });
    }

    fn unknown_queue(&mut self, name: &[u8], at: At) {
        let name = String::from_utf8_lossy(name).into_owned();
        let known = &self.known;
        self.findings
            .add(FindingKind::UnknownQueue, at, "queue", &name, || {
                let hint = match known.nearest(&name) {
                    Some(near) => format!(
                        "did you mean \"{near}\"? then add to [history]: queue_map = {{ \"{name}\" = \"{near}\" }}"
                    ),
                    None => format!(
                        "its rows are left out; to use them add to [history]: queue_map = {{ \"{name}\" = \"ID OF A QUEUE\" }}"
                    ),
                };
                (format!("there is no queue \"{name}\""), hint)
            });
    }

    fn contacts(&mut self, field: &[u8], at: At) -> Option<f64> {
        match parse_number(field) {
            Some(number) if number >= 0.0 => Some(number),
            Some(number) => {
                self.findings
                    .add(FindingKind::Negative, at, "contacts", "contacts", || {
                        (
                            format!("{number} contacts cannot be"),
                            "write how many came, 0 if none; leave the row out if nobody knows"
                                .into(),
                        )
                    });
                None
            }
            None => {
                let text = String::from_utf8_lossy(field).trim().to_owned();
                self.findings
                    .add(FindingKind::BadNumber, at, "contacts", "contacts", || {
                        let message = if text.is_empty() {
                            "this row says not how many contacts came".to_owned()
                        } else {
                            format!("\"{text}\" is not a number of contacts")
                        };
                        (
                            message,
                            "write how many came, 0 if none; leave the row out if nobody knows"
                                .into(),
                        )
                    });
                None
            }
        }
    }

    fn optional_number(&mut self, field: &[u8], column: &'static str, at: At) -> Option<f64> {
        match parse_number(field) {
            Some(number) if number >= 0.0 => Some(number),
            Some(number) => {
                self.findings
                    .add(FindingKind::Negative, at, column, column, || {
                        (
                            format!("{number} in {column} cannot be"),
                            "leave the field empty if nobody knows".into(),
                        )
                    });
                None
            }
            None => {
                let text = String::from_utf8_lossy(field).into_owned();
                self.findings
                    .add(FindingKind::BadNumber, at, column, column, || {
                        let point = text.replacen(',', ".", 1);
                        let hint = if point.parse::<f64>().is_ok() {
                            format!("write the decimals with a point: {point}")
                        } else {
                            "write digits, with a point before decimals; leave it empty if nobody knows".into()
                        };
                        (format!("\"{text}\" in {column} is not a number"), hint)
                    });
                None
            }
        }
    }
}

fn header_hint() -> String {
    "the first line is: queue,start,contacts,handle_time_s".to_owned()
}

/// Skips a byte-order mark and finds the separator that the first line uses.
fn begin(input: &mut impl BufRead) -> std::io::Result<u8> {
    let buffer = input.fill_buf()?;
    let mark = if buffer.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let line = buffer[mark..]
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
    let separator = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(b',');
    input.consume(mark);
    Ok(separator)
}
