namespace StdWorkflow.Web.Components;

/// <summary>The words of the pieces that pages are made of.</summary>
public sealed class ComponentTexts;
