namespace StdWorkflow.Web.Features.Journeys;

/// <summary>Words of the journey of a family.</summary>
public sealed class JourneyTexts;
