using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Testing;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Home;
using StdWorkflow.Web.Localization;
using IPage = Microsoft.Playwright.IPage;
using static Microsoft.Playwright.Assertions;

namespace StdWorkflow.Browser.Tests;

/// <summary>Somebody at a browser: what they do and see there, by words, labels, links and buttons.</summary>
internal sealed partial class Desk : IAsyncDisposable
{
    public const string Said = "调用记录应当说明保存多久。";
    public const string Settled = "保存期限写入附录。";

    private readonly Tab tab;
    private readonly Words words;

    private Desk(Tab tab) => (this.tab, words) = (tab, new Words(tab.View.Language));

    /// <summary>What the browser complained of; that an answer was a refusal is none of it.</summary>
    public IEnumerable<string> Complaints => tab.Complaints.Where(text => !text.Contains("status of 4", StringComparison.Ordinal));

    private IPage Page => tab.Page;

    private ILocator Main => Page.Locator("main");

    /// <summary>Opens the start page, and signs in by the sign-in page when this is not a visitor.</summary>
    public static async Task<Desk> OpenAsync(Site site, View view, string? person = null)
    {
        var desk = new Desk(await site.TabAsync(view));
        await desk.tab.GoAsync("/");
        if (person is not null) await DemoPeople.SignInAsync(desk.Page, person);
        if (await desk.Page.Locator("html").GetAttributeAsync("lang") != view.Language)
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = view.Language == "en" ? "English" : "中文" }).ClickAsync();
        await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("lang", view.Language);
        return desk;
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    // The secretariat

    public async Task<string> ProposeAsync(string zh, string en, string process = "pre-research")
    {
        await NavigateAsync("work-items");
        await FollowAsync(words.WorkItem("Propose"));
        await Field(words.WorkItem("Committee")).SelectOptionAsync("sac-tc28-sc42");
        await Field(words.WorkItem("Process")).SelectOptionAsync(process);
        await Field(words.WorkItem("TitleZh")).FillAsync(zh);
        await Field(words.WorkItem("TitleEn")).FillAsync(en);
        await Field(words.WorkItem("Purpose")).FillAsync("让不同单位的智能体能互相调用。");
        await Field(words.WorkItem("Content")).FillAsync("描述、发现、调用和记录。");
        await PressAsync(words.WorkItem("ProposeVerb"));
        var code = await ArriveAsync();
        await Expect(Main.Locator("h1")).ToContainTextAsync(tab.View.Language == "en" ? en : zh);
        return code;
    }

    public async Task NameLeaderAndDraftersAsync(string code, string leader)
    {
        await EditAsync(code);
        await Field(words.WorkItem("Leader")).SelectOptionAsync(new SelectOptionValue { Label = leader });
        await Field(words.WorkItem("DraftingOrganizations")).FillAsync("演示标准研究院\n演示大学");
        await PressAsync(words.WorkItem("Save"));
        await ArriveAsync();
        await Expect(Main).ToContainTextAsync(leader);
        await Expect(Main).ToContainTextAsync(University);
    }

    /// <summary>A wrong number is sent back with all that was typed, and says what a right one looks like.</summary>
    public async Task GivePlanNumberAsync(string code, string wrong, string right)
    {
        await EditAsync(code);
        var number = words.WorkItem("PlanNumber");
        await Field(number).FillAsync(wrong);
        await PressAsync(words.WorkItem("Save"));
        await SeeRefusedAsync(number, words.Of<CommonTexts>("problem.planNumber.pattern", wrong));
        await Expect(Field(number)).ToHaveValueAsync(wrong);
        await Expect(Field(words.WorkItem("DraftingOrganizations"))).ToHaveValueAsync(new Regex(University));

        await Field(number).FillAsync(right);
        await PressAsync(words.WorkItem("Save"));
        await ArriveAsync();
        await Expect(Main.Locator(".meta")).ToContainTextAsync(right);
    }

    public async Task GiveStandardNumberAsync(string code, string number)
    {
        await EditAsync(code);
        await Field(words.WorkItem("StandardNumber")).FillAsync(number);
        await PressAsync(words.WorkItem("Save"));
        await ArriveAsync();
        await Expect(Main.Locator(".meta")).ToContainTextAsync(number);
    }

    /// <summary>The page says what is missing and leads there; whoever types the step's address is told the same and finds no button.</summary>
    public async Task SeeNotYetAsync(string code, ProcessStep step, GateKind gate, string problem, params object[] arguments)
    {
        var name = words.Of<ComponentTexts>($"GateKind.{gate}");
        var why = words.Of<ComponentTexts>($"problem.gate.{problem}", arguments);
        await tab.GoAsync($"/work-items/{code}");
        var missing = At(step).Locator("li.unmet").Filter(new() { HasText = name });
        await Expect(missing).ToContainTextAsync(why);
        await Expect(missing.GetByRole(AriaRole.Link, new() { Name = words.Of<ComponentTexts>("Gates.Supply") })).ToBeVisibleAsync();
        await Expect(At(step)).ToContainTextAsync(words.WorkItem("NotYet"));
        await Expect(Begin(step)).ToHaveCountAsync(0);

        await tab.GoAsync($"/work-items/{code}/advance/{step.Transition.Key}");
        await Expect(Main.Locator("li.unmet").Filter(new() { HasText = name })).ToContainTextAsync(why);
        await Expect(Main.GetByRole(AriaRole.Button, new() { Name = words.In(step.Transition.Name) })).ToHaveCountAsync(0);
        await tab.GoAsync($"/work-items/{code}");
        await Expect(Main.Locator("li.stop[aria-current=step]")).ToContainTextAsync(words.In(step.From.Name));
    }

    /// <summary>States what is to be stated for a step, one gate after another, and takes it.</summary>
    public async Task AdvanceAsync(string code, ProcessStep step)
    {
        var (name, reason) = (words.In(step.Transition.Name), $"记录 {step.Transition.Key}");
        await tab.GoAsync($"/work-items/{code}");
        foreach (var gate in step.Transition.Gates.Where(gate => gate.Kind == GateKind.Attestation)) await AttestAsync(step, gate);
        await Begin(step).ClickAsync();
        await Field(words.WorkItem("Reason")).FillAsync(reason);
        await PressAsync(name);
        await ArriveAsync();
        await Expect(Main.Locator(".timeline > li").Filter(new() { HasText = reason }))
            .ToContainTextAsync(new Regex($"{Regex.Escape(words.In(step.From.Name))}.*{Regex.Escape(words.In(step.To.Name))}"));
    }

    public async Task SeeNothingFollowsYetAsync(string code, string next)
    {
        await tab.GoAsync($"/work-items/{code}");
        await Expect(Main.GetByRole(AriaRole.Link, new() { Name = words.Relation($"Succeed.{next}"), Exact = true })).ToHaveCountAsync(0);
    }

    public async Task<string> SucceedAsync(string code, string next, string process)
    {
        await tab.GoAsync($"/work-items/{code}");
        await FollowAsync(words.Relation($"Succeed.{next}"));
        await Field(words.WorkItem("Process")).SelectOptionAsync(process);
        await PressAsync(words.Relation($"Succeed.{next}"));
        var successor = await ArriveAsync();
        Assert.NotEqual(code, successor);
        return successor;
    }

    /// <summary>From the duties to the table of comments to the one without a disposition. What is wholly or partly refused needs a reason.</summary>
    public async Task DisposeAsync(string code)
    {
        await NavigateAsync("duties");
        await FollowAsync(words.Of<HomeTexts>("CommentsOf", 1, code));
        await FollowAsync(words.Of<ConsultationTexts>("Dispose"));
        await Expect(Main).ToContainTextAsync(Said);
        var (disposition, reason) = (words.Of<ConsultationTexts>("Disposition"), words.Of<ConsultationTexts>("Reason"));
        await Field(disposition).SelectOptionAsync(new SelectOptionValue { Label = words.Of<ConsultationTexts>("Disposition.PartlyAccepted") });
        await PressAsync(words.Of<ConsultationTexts>("DisposeVerb"));
        await SeeRefusedAsync(reason, words.Of<ConsultationTexts>("problem.comment.reasonRequired"));
        await Expect(Field(disposition)).ToHaveValueAsync(nameof(Disposition.PartlyAccepted));

        await Field(reason).FillAsync(Settled);
        await PressAsync(words.Of<ConsultationTexts>("DisposeVerb"));
        await Expect(Main.Locator("table.comments")).ToContainTextAsync(Settled);
    }

    public async Task EndEarlyAsync(string code)
    {
        await tab.GoAsync($"/work-items/{code}");
        await Main.Locator("a[href^='/consultations/']").First.ClickAsync();
        await FollowAsync(words.Of<ConsultationTexts>("End") + "…");
        var reason = words.Of<ConsultationTexts>("Reason");
        await PressAsync(words.Of<ConsultationTexts>("EndVerb"));
        await SeeRefusedAsync(reason, null);
        await Field(reason).FillAsync("各方均已答复。");
        await PressAsync(words.Of<ConsultationTexts>("EndVerb"));
        await SeeOverAsync();
        await Expect(Main.Locator(".timeline")).ToContainTextAsync("各方均已答复。");
    }

    /// <summary>The three kinds of work on one page, each a link to the others.</summary>
    public async Task SeeJourneyAsync(string code, params string[] family)
    {
        await tab.GoAsync($"/work-items/{code}");
        var journey = Main.Locator("section").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { NameRegex = Begins(words.WorkItem("Lineage")) }) });
        await Expect(journey.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(family.Length);
        foreach (var other in family.Where(other => other != code)) await Expect(journey.GetByRole(AriaRole.Link, new() { NameRegex = Begins(other) })).ToBeVisibleAsync();
    }

    // The member

    /// <summary>On the duties, with its stage and its deadline; but the next step is somebody else's, by its address too.</summary>
    public async Task SeeButNotAdvanceAsync(string code, ProcessStep step)
    {
        await NavigateAsync("duties");
        var line = Main.Locator("#mine tr").Filter(new() { HasText = code });
        await Expect(line.Locator("time")).ToBeVisibleAsync();
        await line.GetByRole(AriaRole.Link, new() { Name = code, Exact = true }).ClickAsync();
        await Expect(Main.Locator("li.stop[aria-current=step]")).ToContainTextAsync(words.In(step.From.Name));
        await Expect(Main.Locator(".standing time").First).ToBeVisibleAsync();
        await Expect(At(step).Locator("li.unmet").First).ToBeVisibleAsync();
        // It can be asked for, and no more.
        await Expect(Main.Locator(".steps a[href*='/advance/']")).ToHaveCountAsync(0);
        await Expect(Main.Locator(".steps a[href*='/ask/']").First).ToBeVisibleAsync();

        await tab.GoAsync($"/work-items/{code}/advance/{step.Transition.Key}");
        Assert.Equal(403, tab.Status);
        await Expect(Main.Locator("h1")).ToContainTextAsync(words.Of<CommonTexts>("status.403"));
    }

    // The visitor

    /// <summary>From the start page to the form, without an account; once wrong, then right. Answers the receipt.</summary>
    public async Task<string> CommentAsync(string title)
    {
        var (text, change, organization) = (words.Of<ConsultationTexts>("Text"), words.Of<ConsultationTexts>("ProposedChange"), words.Of<ConsultationTexts>("Organization"));
        await OpenDraftAsync(title);
        await Field(words.Of<ConsultationTexts>("Clause")).FillAsync("5.2");
        await Field(words.Of<ConsultationTexts>("Type")).SelectOptionAsync(nameof(CommentType.Editorial));
        await Field(change).FillAsync("补充：记录至少保存六个月。");
        await Field(organization).FillAsync("某公司");
        await PressAsync(words.Of<ConsultationTexts>("Send"));
        await SeeRefusedAsync(text, words.Of<ConsultationTexts>("problem.comment.textMissing"));
        await Expect(Field(words.Of<ConsultationTexts>("Clause"))).ToHaveValueAsync("5.2");
        await Expect(Field(words.Of<ConsultationTexts>("Type"))).ToHaveValueAsync(nameof(CommentType.Editorial));
        await Expect(Field(change)).ToHaveValueAsync("补充：记录至少保存六个月。");
        await Expect(Field(organization)).ToHaveValueAsync("某公司");

        await Field(text).FillAsync(Said);
        await PressAsync(words.Of<ConsultationTexts>("Send"));
        await Expect(Main.Locator("h1")).ToContainTextAsync(words.Of<ConsultationTexts>("ReceiptTitle"));
        var receipt = (await Main.Locator(".receipt").InnerTextAsync()).Trim();
        Assert.Matches(Receipt(), receipt);
        return receipt;
    }

    /// <summary>What was sent and what became of it, by the number that was noted down.</summary>
    public async Task SeeReceiptAsync(string receipt, params string[] expected)
    {
        await NavigateAsync("consultations");
        await FollowAsync(words.Of<ConsultationTexts>("ReceiptLookup"));
        await Field(words.Of<ConsultationTexts>("ReceiptNumber")).FillAsync(receipt.ToLowerInvariant());
        await PressAsync(words.Of<ConsultationTexts>("ReceiptShow"));
        await Expect(Main.Locator(".receipt")).ToHaveTextAsync(receipt);
        foreach (var text in expected) await Expect(Main).ToContainTextAsync(text);
    }

    public Task SeeUndisposedAsync(string receipt) => SeeReceiptAsync(receipt, Said, words.Of<ConsultationTexts>("NotYetDisposed"));

    public Task SeeDisposedAsync(string receipt) => SeeReceiptAsync(receipt, Said, words.Of<ConsultationTexts>("Disposition.PartlyAccepted"), Settled);

    /// <summary>The draft is still to be found, but takes nothing more.</summary>
    public async Task SeeClosedAsync(string title)
    {
        await NavigateAsync("consultations");
        await Main.Locator("tr").Filter(new() { HasText = title }).GetByRole(AriaRole.Link).First.ClickAsync();
        await SeeOverAsync();
    }

    /// <summary>Waits for such a mail: by asking, which costs less than showing the page again and again.</summary>
    public Task AwaitMailAsync(string address, string about, string cause) => Eventually.TrueAsync(async () =>
    {
        var folder = await Page.APIRequest.GetAsync("/dev/mail");
        return (await folder.TextAsync()).Contains(about, StringComparison.Ordinal) && await CountMailAsync(address, about, cause) > 0;
    });

    /// <summary>How many mails in the folder went to this address, are about this, and say why they came in these words.</summary>
    public async Task<int> CountMailAsync(string address, string about, string cause)
    {
        await tab.GoAsync("/dev/mail");
        var mails = Main.Locator("tbody tr").Filter(new() { HasText = address }).Filter(new() { HasText = about }).GetByRole(AriaRole.Link);
        var addresses = new List<string>();
        foreach (var mail in await mails.AllAsync()) addresses.Add(await mail.GetAttributeAsync("href") ?? "");
        var count = 0;
        foreach (var mail in addresses)
        {
            await tab.GoAsync(mail);
            if ((await Main.Locator("pre").InnerTextAsync()).Contains(cause, StringComparison.Ordinal)) count++;
        }

        return count;
    }

    // The administrator

    /// <summary>That a job has run since the start, and no mail of it is still on its way.</summary>
    public async Task SeeDoneAsync(string job)
    {
        await Eventually.TrueAsync(async () =>
        {
            await tab.GoAsync("/jobs/recurring");
            return await Page.Locator("tr").Filter(new() { HasText = job }).Locator(".label-state-success").CountAsync() == 1;
        });
        await Eventually.TrueAsync(async () =>
        {
            await tab.GoAsync("/admin/outbox");
            var onTheirWay = await Main.Locator(".tally b").AllInnerTextsAsync();
            return onTheirWay.Take(2).All(count => count == "0");
        });
    }

    // Hands

    private string University => tab.View.Language == "en" ? "Demo University" : "演示大学";

    private static Regex Begins(string text) => new($@"^{Regex.Escape(text)}(\s|$)");

    private Task NavigateAsync(string entry) =>
        Page.Locator("nav").GetByRole(AriaRole.Link, new() { Name = words.Of<ComponentTexts>($"Nav.{entry}"), Exact = true }).First.ClickAsync();

    private Task FollowAsync(string name) => Main.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();

    private Task PressAsync(string name) => Main.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private ILocator Field(string label) => Main.GetByLabel(Begins(label));

    private ILocator At(ProcessStep step) =>
        Main.Locator("li.step").Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { NameRegex = Begins(words.In(step.Transition.Name)) }) });

    private ILocator Begin(ProcessStep step) => At(step).GetByRole(AriaRole.Link, new() { Name = words.In(step.Transition.Name) + "…", Exact = true });

    private async Task EditAsync(string code)
    {
        await tab.GoAsync($"/work-items/{code}");
        await FollowAsync(words.WorkItem("Edit"));
    }

    private async Task AttestAsync(ProcessStep step, Gate gate)
    {
        var (name, paper) = (words.In(gate.Name), $"〔2026〕77-{gate.Key}");
        var missing = At(step).Locator("li.unmet").Filter(new() { HasText = name });
        await Expect(missing).ToContainTextAsync(words.Of<ComponentTexts>("Gates.NobodyStated"));
        await missing.GetByRole(AriaRole.Link, new() { Name = words.Of<ComponentTexts>("Gates.Attest") }).ClickAsync();
        await Expect(Main.Locator(".lead")).ToHaveTextAsync(name);
        await Field(words.WorkItem("Paper")).FillAsync(paper);
        var date = Field(words.WorkItem("PaperDate"));
        await date.FillAsync(await date.GetAttributeAsync("max") ?? "");
        await PressAsync(words.WorkItem("AttestVerb"));
        await ArriveAsync();
        await Expect(At(step).Locator("li.met").Filter(new() { HasText = name })).ToContainTextAsync(paper);
    }

    private async Task OpenDraftAsync(string title)
    {
        await tab.GoAsync("/");
        await Main.Locator("#open tr").Filter(new() { HasText = title }).GetByRole(AriaRole.Link, new() { Name = words.Of<HomeTexts>("CommentVerb"), Exact = true }).ClickAsync();
    }

    private async Task SeeOverAsync()
    {
        await Expect(Main.GetByRole(AriaRole.Link, new() { Name = words.Of<ConsultationTexts>("ReceiptLookup") })).ToBeVisibleAsync();
        await Expect(Main.Locator("form")).ToHaveCountAsync(0);
    }

    /// <summary>The message stands above the form, as a link to its field, and beside the field.</summary>
    private async Task SeeRefusedAsync(string label, string? message)
    {
        var link = Main.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link, new() { NameRegex = new("^" + Regex.Escape(label)) });
        await Expect(link).ToBeVisibleAsync();
        var error = Main.Locator(".field.bad").Filter(new() { Has = Page.GetByText(Begins(label)) }).Locator(".error");
        await Expect(error).ToBeVisibleAsync();
        await Expect(Field(label)).ToHaveAttributeAsync("aria-invalid", "true");
        if (message is null) return;
        await Expect(error).ToHaveTextAsync(message);
        await Expect(link).ToContainTextAsync(message);
    }

    /// <summary>Waits for the page of a work item and answers its code; where it does not come, the page that came instead tells why.</summary>
    private async Task<string> ArriveAsync()
    {
        try
        {
            await Expect(Page).ToHaveURLAsync(ItemPage());
        }
        catch (PlaywrightException late)
        {
            throw new InvalidOperationException($"Still at {Page.Url}: {await Main.InnerTextAsync()}", late);
        }

        return new Uri(Page.Url).AbsolutePath.Split('/')[^1];
    }

    [GeneratedRegex(@"/work-items/w-\d+$")]
    private static partial Regex ItemPage();

    [GeneratedRegex("^R-[0-9]{8}-[2-9A-HJ-NP-Z]{10}$")]
    private static partial Regex Receipt();
}
