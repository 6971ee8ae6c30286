using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace StdWorkflow.Web.Security;

/// <summary>How often one address may try a password, send in comments, or make us send mail. What is read counts for the API only.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Mail = "mail";
    public const string Comments = "comments";
    public const string Api = "api";

    public static void Apply(RateLimiterOptions options, IConfiguration configuration)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (refused, _) =>
        {
            SayWhen(refused.HttpContext, refused.Lease);
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(SignIn, context => PerAddress(context, configuration.GetValue("RateLimits:SignInPerMinute", 20), TimeSpan.FromMinutes(1)));
        // A whole office behind one address comments on the last day, and every further comment block is a post too.
        options.AddPolicy(Comments, context => PerAddress(context, configuration.GetValue("RateLimits:CommentsPerHour", 120), TimeSpan.FromHours(1)));
        // Reads count here, too: a program asks faster than a person.
        options.AddPolicy(Api, context => RateLimitPartition.GetSlidingWindowLimiter($"api {context.Connection.RemoteIpAddress}", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = configuration.GetValue("RateLimits:ApiPerMinute", 1200),
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));
        options.AddPolicy(Mail, context => PerAddress(context, configuration.GetValue("RateLimits:MailPerHour", 10), TimeSpan.FromHours(1)));
    }

    /// <summary>Tells a refused asker when to come back.</summary>
    public static void SayWhen(HttpContext context, RateLimitLease refused)
    {
        // A sliding window and a limit on what runs at once do not say how long; the first has room again after one of its six segments.
        if (!refused.TryGetMetadata(MetadataName.RetryAfter, out var wait)) wait = TimeSpan.FromSeconds(10);
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static RateLimitPartition<string> PerAddress(HttpContext context, int most, TimeSpan window) =>
        HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                $"post {context.Connection.RemoteIpAddress}", _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = window })
            : RateLimitPartition.GetNoLimiter("get");
}
