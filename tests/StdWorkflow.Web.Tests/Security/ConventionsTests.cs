using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Testing;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Tests.Security;

public class ConventionsTests(App app) : IClassFixture<App>
{
    private static readonly Type[] Program = typeof(CurrentUser).Assembly.GetTypes();

    [Fact]
    public void No_page_reads_or_writes_past_Visible_and_the_use_cases()
    {
        var models = Program.Where(type => type.IsSubclassOf(typeof(PageModel)) && !type.IsAbstract).ToList();
        Convention.Holds(models,
            from model in models
            from parameter in model.GetConstructors().SelectMany(constructor => constructor.GetParameters())
                .Concat(model.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).SelectMany(method => method.GetParameters()))
            where typeof(AppDbContext).IsAssignableFrom(parameter.ParameterType)
            select model.FullName);

        var views = Directory.EnumerateFiles(Repository.PathTo("src", "StdWorkflow.Web"), "*.cshtml", SearchOption.AllDirectories).ToList();
        Convention.Holds(views, views.Where(view => File.ReadAllText(view).Contains(nameof(AppDbContext), StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_pipeline_knows_how_commands_find_their_handlers()
    {
        var files = Directory.EnumerateFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin")).ToList();
        Assert.Contains(files, file => IsPipeline(file) && File.ReadAllText(file).Contains("MediatR", StringComparison.Ordinal));
        Convention.Holds(files, files.Where(file => !IsPipeline(file) && File.ReadAllText(file).Contains("MediatR", StringComparison.Ordinal)));

        static bool IsPipeline(string file) => file.Contains($"StdWorkflow.Web{Path.DirectorySeparatorChar}Pipeline{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_asks_for_sign_in_unless_the_table_of_public_pages_names_it()
    {
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>().ToList();
        var known = pages.Select(page => page.ViewEnginePath).ToHashSet();

        Convention.Holds(PublicPages.Pages, PublicPages.Pages.Where(named => !known.Contains(named)).Select(named => $"{named} is no page"));
        Convention.Holds(pages,
            from page in pages
            where !page.EndpointMetadata.OfType<IAuthorizeData>().Any()
                || page.EndpointMetadata.OfType<IAllowAnonymous>().Any() != PublicPages.Pages.Contains(page.ViewEnginePath)
            select page.ViewEnginePath);
    }
}
