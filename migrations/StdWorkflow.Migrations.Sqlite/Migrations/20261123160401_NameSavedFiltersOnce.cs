using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NameSavedFiltersOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "SavedFilters",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_NameKey",
                table: "SavedFilters",
                column: "NameKey",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SavedFilters_NameKey",
                table: "SavedFilters");

            migrationBuilder.DropColumn(
                name: "NameKey",
                table: "SavedFilters");
        }
    }
}
