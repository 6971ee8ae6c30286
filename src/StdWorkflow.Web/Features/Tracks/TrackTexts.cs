namespace StdWorkflow.Web.Features.Tracks;

/// <summary>The words of what runs beside a text.</summary>
public sealed class TrackTexts;
