//! Looks of cells, the same on every sheet.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

const INK: Color = Color::RGB(0x1F2937);
const QUIET: Color = Color::RGB(0x6B7280);
const LINE: Color = Color::RGB(0xD1D5DB);

/// The formats in use.
pub(super) struct Styles {
    pub title: Format,
    pub quiet: Format,
    pub header: Format,
    pub header_weekend: Format,
    pub text: Format,
    pub wrapped: Format,
    pub hours: Format,
    pub money: Format,
    pub number: Format,
    pub share: Format,
    pub total: Format,
    pub total_money: Format,
    /// Too few people, as a conditional format.
    pub short: Format,
    /// More than is needed, as a conditional format.
    pub plenty: Format,
}

/// What a cell of the wall roster shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    Work,
    Night,
    Absent,
    Off,
}

impl Styles {
    pub fn new() -> Styles {
        let base = || {
            Format::new()
                .set_font_name("Calibri")
                .set_font_size(10)
                .set_font_color(INK)
        };
        let boxed = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
                .set_align(FormatAlign::VerticalCenter)
        };
        let header = boxed()
            .set_bold()
            .set_text_wrap()
            .set_background_color(Color::RGB(0xE5E7EB));
        let total = boxed().set_bold().set_border_top(FormatBorder::Medium);
        Styles {
            title: base().set_bold().set_font_size(16),
            quiet: base().set_font_color(QUIET),
            header_weekend: header.clone().set_background_color(Color::RGB(0xCBD5E1)),
            header,
            text: boxed(),
            wrapped: boxed().set_text_wrap().set_align(FormatAlign::Top),
            hours: boxed().set_num_format("0.00;-0.00;\"-\""),
            money: boxed().set_num_format("#,##0.00"),
            number: boxed().set_num_format("0.0;-0.0;\"-\""),
            share: boxed().set_num_format("0.0%"),
            total_money: total.clone().set_num_format("#,##0.00"),
            total: total.set_num_format("0.00"),
            short: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(0x9A3412))
                .set_background_color(Color::RGB(0xFED7AA)),
            plenty: Format::new().set_background_color(Color::RGB(0xDBEAFE)),
        }
    }

    /// A day of the wall roster; `first` draws the line above a site's first person.
    pub fn day(&self, kind: DayKind, weekend: bool, holiday: bool, first: bool) -> Format {
        let format = self
            .row_start(&self.text, first)
            .set_align(FormatAlign::Center);
        let background = match (kind, holiday, weekend) {
            (DayKind::Night, _, _) => 0x334155,
            (_, true, _) => 0xFDE9C8,
            (_, _, true) => 0xE8EDF3,
            _ => 0xFFFFFF,
        };
        let format = format.set_background_color(Color::RGB(background));
        match kind {
            DayKind::Work => format.set_bold(),
            DayKind::Night => format.set_bold().set_font_color(Color::White),
            DayKind::Absent => format.set_italic(),
            DayKind::Off => format.set_font_color(QUIET),
        }
    }

    /// A format with a heavy line above where a site begins.
    pub fn row_start(&self, format: &Format, first: bool) -> Format {
        if first {
            format
                .clone()
                .set_border_top(FormatBorder::Medium)
                .set_border_top_color(INK)
        } else {
            format.clone()
        }
    }
}

/// Landscape A4, one page wide, header rows repeated, page numbers.
pub(super) fn printed(sheet: &mut Worksheet, last_header_row: u32) -> Result<(), XlsxError> {
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&L&8&A&R&8Page &P of &N")
        .set_screen_gridlines(false)
        .set_repeat_rows(0, last_header_row)?;
    Ok(())
}
