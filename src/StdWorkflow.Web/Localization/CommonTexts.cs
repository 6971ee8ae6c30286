namespace StdWorkflow.Web.Localization;

/// <summary>The texts that belong to no single feature.</summary>
public sealed class CommonTexts;
