-- Words of office papers (DOCX, XLSX, OFD), for whoever decides: kept beside
-- the pictures, as page -1 of files_picture without a width or height, JSON on
-- the shelf.  preview is made and drawn 0.  Papers that had been put aside as
-- not to be drawn are looked at again.
UPDATE files_blob
   SET preview = 'waiting'
 WHERE preview = 'none';
