namespace StdWorkflow.Web.Features.Home;

/// <summary>The words of the front doors.</summary>
public sealed class HomeTexts;
