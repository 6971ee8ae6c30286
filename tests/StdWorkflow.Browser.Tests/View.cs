using Microsoft.Playwright;

namespace StdWorkflow.Browser.Tests;

/// <summary>How somebody looks at a page.</summary>
public sealed record View(string Language = "zh-CN", int Width = View.Wide, ColorScheme Scheme = ColorScheme.Light, bool Script = true)
{
    public const int Narrow = 390;
    public const int Wide = 1440;

    public static int HeightAt(int width) => width == Narrow ? 844 : 900;

    public static View Chinese { get; } = new();

    public static View English { get; } = new("en");

    public static View WithoutScript { get; } = new(Script: false);

    /// <summary>Every way a page is looked at before it is called done.</summary>
    public static IEnumerable<View> All =>
        from width in new[] { Narrow, Wide }
        from language in new[] { "zh-CN", "en" }
        from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
        select new View(language, width, scheme);

    public override string ToString() => $"{Language} {Width} {(Scheme == ColorScheme.Dark ? "dark" : "light")}{(Script ? "" : " no-script")}";
}
