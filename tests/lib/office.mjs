// Office papers as small as they come: a zip without compression, and what each
// format needs to be itself (an OFD: ofd.mjs).
import zlib from 'node:zlib';

function head(name, data, at) {
  const local = Buffer.alloc(30), central = Buffer.alloc(46);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt32LE(zlib.crc32(data), 14);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(data.length, 22);
  local.writeUInt16LE(name.length, 26);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  local.copy(central, 6, 4, 30);
  central.writeUInt32LE(at, 42);
  return { local: Buffer.concat([local, name]),
    central: Buffer.concat([central, name]) };
}

export function zip(files) {
  const parts = [], index = [];
  let at = 0;
  for (const [path, text] of Object.entries(files)) {
    const data = Buffer.from(text), h = head(Buffer.from(path), data, at);
    parts.push(h.local, data);
    index.push(h.central);
    at += h.local.length + data.length;
  }
  const directory = Buffer.concat(index), end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(index.length, 8);
  end.writeUInt16LE(index.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

const types = part => '<Types xmlns="http://schemas.openxmlformats.org/' +
  'package/2006/content-types"><Default Extension="xml" ContentType=' +
  `"application/xml"/><Override PartName="/${part}" ContentType=` +
  '"application/vnd.openxmlformats-officedocument.main+xml"/></Types>';

export const docx = body => zip({
  '[Content_Types].xml': types('word/document.xml'),
  'word/document.xml': `<w:document xmlns:w="w"><w:body>${body}</w:body>` +
    '</w:document>' });

export const xlsx = rows => zip({
  '[Content_Types].xml': types('xl/workbook.xml'),
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="设备清单" ' +
    'sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" ' +
    'Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.map(r =>
    `<row>${r.map(c => `<c t="inlineStr"><is><t>${c}</t></is></c>`)
      .join('')}</row>`).join('')}</sheetData></worksheet>` });
