using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Mapping;

public static class MappingExtensions
{
    /// <summary>Maps a text in two languages to the columns <c>…Zh</c> and <c>…En</c>.</summary>
    public static EntityTypeBuilder<T> Localized<T>(this EntityTypeBuilder<T> map, Expression<Func<T, LocalizedText?>> text, int maxLength)
        where T : class
    {
        map.ComplexProperty(text, both =>
        {
            both.Property(t => t!.Zh).HasMaxLength(maxLength);
            both.Property(t => t!.En).HasMaxLength(maxLength);
        });
        return map;
    }
}
