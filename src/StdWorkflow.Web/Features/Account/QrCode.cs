using System.Globalization;
using System.Text;
using QRCoder;

namespace StdWorkflow.Web.Features.Account;

/// <summary>A QR code as the path of an SVG: no style attribute, which the content policy would refuse.</summary>
internal sealed record QrCode(int Size, string Path)
{
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (rows, path) = (data.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows[y].Length; x++)
                if (rows[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new QrCode(rows.Count, path.ToString());
    }
}
