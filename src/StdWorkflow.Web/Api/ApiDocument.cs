using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Api;

/// <summary>What the document of the API says beyond what the routes tell by themselves.</summary>
internal static class ApiDocument
{
    private const string Problems = "application/problem+json";

    /// <summary>A name for every type: those of two features may be called the same, and then one of them would be described as the other.</summary>
    public static string? NameOf(JsonTypeInfo type) => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : NameOf(Nullable.GetUnderlyingType(type.Type) ?? type.Type);

    /// <summary>Parameters as they are written here, the headers that every change takes, and refusals.</summary>
    public static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            if (parameter.Name == "sort" && context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiSetup.OrderedBy>().FirstOrDefault() is { } orders)
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. orders.Names.Select(name => (JsonNode)JsonValue.Create(name))] };
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters.Add(Header("If-Match", "The `ETag` (or `version`) that was read. A change of what somebody else may have changed meanwhile is refused without it (428), and when it is an old one (412)."));
            operation.Parameters.Add(Header("Idempotency-Key", "At most 100 characters. The same request sent again with its key is carried out once; another request with that key is refused."));
        }

        operation.Responses ??= new OpenApiResponses();
        operation.Responses["default"] = Refused("A refusal (RFC 9457). `code` is the same in every language; `errors` names the fields.");
        var byToken = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenAuthentication.Name, context.Document)] = [] };
        var needsPerson = ApiSetup.NeedsPerson(context.Description.HttpMethod!, context.Description.ActionDescriptor.EndpointMetadata);
        operation.Security = needsPerson ? [byToken] : [byToken, []];
        if (needsPerson) operation.Responses["401"] = Refused("No token, or none that is good: this is not for visitors.");
        return Task.CompletedTask;
    }

    private static OpenApiResponse Refused(string description) =>
        new() { Description = description, Content = new Dictionary<string, OpenApiMediaType> { [Problems] = new() { Schema = Refusal() } } };

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiSchema Refusal()
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = text,
                ["title"] = text,
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = text,
                ["instance"] = text,
                ["code"] = text,
                ["traceId"] = text,
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } },
            },
        };
    }

    private static string NameOf(Type type)
    {
        var name = type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}" : type.Name;
        if (type.DeclaringType is not { } around) return name;
        var owner = around.Name.EndsWith("Api", StringComparison.Ordinal) ? around.Name[..^3] : around.Name;
        return name.StartsWith(owner, StringComparison.Ordinal) ? name : owner + name;
    }
}
