using Microsoft.Playwright;
using IPage = Microsoft.Playwright.IPage;

namespace StdWorkflow.Browser.Tests;

/// <summary>Hands without a mouse: they reach what they want by Tab, from where they are, and see that they have.</summary>
internal static class Keys
{
    // More steps than this to one control, and the page is not one for the keyboard.
    private const int Patience = 150;

    /// <summary>Tabs on or back until this has the focus, and refuses a focus that nobody would see.</summary>
    public static async Task TabToAsync(this ILocator control)
    {
        await control.WaitForAsync();
        for (var pressed = 0; pressed <= Patience; pressed++)
        {
            var way = await control.EvaluateAsync<string>(
                """
                node => node === document.activeElement ? ''
                  : document.activeElement !== document.body && node.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING ? 'Shift+Tab' : 'Tab'
                """);
            if (way.Length == 0)
            {
                Assert.Equal("", await UnseenAsync(control));
                return;
            }

            await control.Page.Keyboard.PressAsync(way);
        }

        Assert.Fail($"Not reached by {Patience} Tabs: {control}");
    }

    public static async Task PressEnterAsync(this ILocator control)
    {
        await control.TabToAsync();
        await control.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Types over what stands there.</summary>
    public static async Task WriteAsync(this ILocator field, string text)
    {
        await field.TabToAsync();
        await field.Page.Keyboard.PressAsync("ControlOrMeta+A");
        await field.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>A day, part by part in the order of the browser's own language, which is not that of the page.</summary>
    public static async Task WriteDayAsync(this ILocator field, DateOnly day)
    {
        await field.TabToAsync();
        await field.Page.Keyboard.TypeAsync($"{day:MMddyyyy}");
        await Assertions.Expect(field).ToHaveValueAsync($"{day:yyyy-MM-dd}");
    }

    /// <summary>Why the focus is not to be seen: no outline, out of the window, or under something else. Empty when it is.</summary>
    private static Task<string> UnseenAsync(ILocator control) => control.EvaluateAsync<string>(
        """
        node => {
          const style = getComputedStyle(node);
          if (!node.matches(':focus-visible') || style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `no outline: ${node.outerHTML.slice(0, 200)}`;
          const box = node.getClientRects()[0];
          const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
          const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
          return top && node.contains(top) ? '' : `${node.outerHTML.slice(0, 200)} lies ${top ? `under ${top.outerHTML.slice(0, 200)}` : 'outside the window'}`;
        }
        """);
}
