namespace StdWorkflow.Web.Features.Cockpit;

/// <summary>The words of the cockpit.</summary>
public sealed class CockpitTexts;
