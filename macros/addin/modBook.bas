Attribute VB_Name = "modBook"
Option Explicit

' The workbook a press is about: the one in front, when it is a district workbook.
Public Function PressedBook() As Object
    Set PressedBook = Nothing
    If IsDistrictBook(ActiveWorkbook) Then Set PressedBook = ActiveWorkbook
End Function

' The add-in has the texts people see: no district workbook may be in front.
Public Function TextsBook() As Object
    Set TextsBook = ThisWorkbook
End Function

Public Function IsDistrictBook(ByVal book As Object) As Boolean
    If book Is Nothing Then Exit Function
    IsDistrictBook = CellText(book, "ss_protocol") <> ""
End Function
