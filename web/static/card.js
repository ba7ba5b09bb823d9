// The card as a picture: made of the drawing here, with this device's own fonts, since a drawing brings none along for every script.
// Until it is made, and where no script runs, the link leads to the drawing itself.
(async () => {
  const link = document.getElementById("card"), drawn = document.querySelector("img.shared");
  await drawn.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: drawn.naturalWidth, height: drawn.naturalHeight });
  canvas.getContext("2d").drawImage(drawn, 0, 0);
  canvas.toBlob((picture) => {
    link.href = URL.createObjectURL(picture);
    link.download = "stridewell-year.png";
  }, "image/png");
})();
