// An OFD as an office writes one: a page of lines within a frame from a template,
// a round seal on the last page, in DER as GB/T 38540 has it.
import zlib from 'node:zlib';
import { zip } from './office.mjs';

const NS = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const xml = (name, inside) => '<?xml version="1.0" encoding="UTF-8"?>' +
  `<ofd:${name} ${NS}>${inside}</ofd:${name}>`;

function chunk(type, data) {
  const b = Buffer.alloc(12 + data.length);
  b.writeUInt32BE(data.length, 0);
  b.write(type, 4);
  data.copy(b, 8);
  b.writeUInt32BE(zlib.crc32(b.subarray(4, -4)), 8 + data.length);
  return b;
}

// A red ring on nothing.
function ring(side) {
  const rows = Buffer.alloc(side * (side * 4 + 1)), middle = (side - 1) / 2;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const r = Math.hypot(x - middle, y - middle) / middle;
      if (r < 1 && r > 0.88)
        rows.set([200, 0, 0, 255], y * (side * 4 + 1) + 1 + x * 4);
    }
  const head = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 6, 0, 0, 0]);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0))]);
}

const der = (tag, ...inside) => {
  const data = Buffer.concat(inside), head = Buffer.from([tag, 0x82, 0, 0]);
  head.writeUInt16BE(data.length, 2);
  return Buffer.concat([head, data]);
};
const seal = picture => der(0x30, der(0x30, der(0x30, der(0x16,
  Buffer.from('png')), der(0x04, picture), der(0x02, Buffer.from([42])),
der(0x02, Buffer.from([42])))));

const line = (text, i) => `<ofd:TextObject ID="${100 + i}" Boundary="20 ` +
  `${20 + 10 * i} 170 8" Font="3" Size="${i ? 4.5 : 7}"><ofd:TextCode X="0" ` +
  `Y="6" DeltaX="g ${text.length} ${i ? 4.5 : 7}">${text}</ofd:TextCode>` +
  '</ofd:TextObject>';

const page = lines => xml('Page', '<ofd:Template TemplateID="2" ZOrder=' +
  '"Background"/><ofd:Content><ofd:Layer ID="9">' +
  `${lines.map(line).join('')}</ofd:Layer></ofd:Content>`);

// pages: each a list of lines.
export const ofd = pages => zip({
  'OFD.xml': xml('OFD', '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml' +
    '</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml' +
    '</ofd:Signatures></ofd:DocBody>'),
  'Doc_0/Document.xml': xml('Document', '<ofd:CommonData><ofd:PageArea>' +
    '<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>' +
    '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="2" ' +
    'BaseLoc="Tpls/Content.xml"/></ofd:CommonData><ofd:Pages>' +
    pages.map((p, i) => `<ofd:Page ID="${10 + i}" BaseLoc="Pages/Page_${i}/` +
      'Content.xml"/>').join('') + '</ofd:Pages>'),
  'Doc_0/PublicRes.xml': xml('Res', '<ofd:Fonts><ofd:Font ID="3" FontName=' +
    '"宋体"/></ofd:Fonts>'),
  'Doc_0/Tpls/Content.xml': xml('Page', '<ofd:Content><ofd:Layer ID="5">' +
    '<ofd:PathObject ID="6" Boundary="10 10 190 277" LineWidth="0.5">' +
    '<ofd:StrokeColor Value="128 0 0"/><ofd:AbbreviatedData>M 1 1 L 189 1 L ' +
    '189 276 L 1 276 C</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer>' +
    '</ofd:Content>'),
  ...Object.fromEntries(pages.map((p, i) =>
    [`Doc_0/Pages/Page_${i}/Content.xml`, page(p)])),
  'Doc_0/Signs/Signatures.xml': xml('Signatures', '<ofd:Signature ID="1" ' +
    'Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'),
  'Doc_0/Signs/Sign_0/Signature.xml': xml('Signature', '<ofd:SignedInfo>' +
    `<ofd:StampAnnot ID="1" PageRef="${9 + pages.length}" Boundary="130 60 ` +
    '40 40"/><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>' +
    '</ofd:SignedInfo>'),
  'Doc_0/Signs/Sign_0/Seal.esl': seal(ring(160)),
});
